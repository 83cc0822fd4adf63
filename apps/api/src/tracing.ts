/**
 * OpenTelemetry traces, where the standard variables ask for them (OTEL_EXPORTER_OTLP_ENDPOINT and its like): one span for each
 * request, as part of the trace that its caller began. The SDK is loaded only then.
 */
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';

const wanted = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_TRACES_EXPORTER'];

/** Starts the SDK if tracing is configured; resolves with a function that flushes the last spans and stops it. */
export async function startTracing(environment: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  const off = environment['OTEL_SDK_DISABLED'] === 'true' || environment['OTEL_TRACES_EXPORTER'] === 'none';
  if (off || !wanted.some((name) => environment[name])) return () => Promise.resolve();
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName: environment['OTEL_SERVICE_NAME'] ?? 'ritz-api' });
  sdk.start();
  return () => sdk.shutdown();
}

/** A span from the request to the end of its answer. Costs nothing where no SDK was started. */
export const traceRequests: RequestHandler = (request, response, next) => {
  const { method, path } = request;
  const parent = propagation.extract(context.active(), request.headers);
  const attributes = { 'http.request.method': method, 'url.path': path };
  const span = trace
    .getTracer('ritz-api')
    .startSpan(`${method} ${path}`, { kind: SpanKind.SERVER, attributes }, parent);
  response.once('close', () => {
    span.setAttribute('http.response.status_code', response.statusCode);
    const id = response.getHeader('x-request-id');
    if (typeof id === 'string') span.setAttribute('ritz.request_id', id);
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(parent, span), next);
};

/** Work inside of a request, as a span of its own. */
export async function traced<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  return trace.getTracer('ritz-api').startActiveSpan(name, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
