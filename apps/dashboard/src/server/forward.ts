/** Forwards browser requests to the API: one origin for the browser, with its cookie. */
import { apiUrl } from './apiUrl.ts';
import { forwardedHost, refusal, refusedRequest } from './guard.ts';
import { limited, TooLargeError } from './limited.ts';

const sentHeaders = [
  'content-type',
  'accept',
  'authorization',
  'cookie',
  'origin',
  'sec-fetch-site',
  'x-request-id',
] as const;
const returnedHeaders = [
  ...['content-type', 'content-security-policy', 'set-cookie', 'cache-control', 'retry-after', 'x-request-id'],
] as const;

const megabyte = 1_000_000;

/** Longest body that is passed on, in bytes: the limit of the API. */
const bodyLimit = 20 * megabyte;

function isEventStream(headers: Headers): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

/**
 * `path` begins with a slash. Bodies are streamed in both directions. 413 for a longer body than the API takes, 502 when the API does
 * not answer.
 */
export async function forward(request: Request, path: string): Promise<Response> {
  const refused = refusedRequest(request);
  if (refused !== null) return refusal(refused);
  if (Number(request.headers.get('content-length') ?? 0) > bodyLimit) return tooLarge();
  const sent = new Headers({ 'x-forwarded-host': forwardedHost(request.headers) });
  for (const name of sentHeaders) {
    const value = request.headers.get(name);
    if (value !== null) sent.set(name, value);
  }
  try {
    const answer = await fetch(`${apiUrl()}${path}`, {
      method: request.method,
      headers: sent,
      ...(request.body !== null && { body: limited(request.body, bodyLimit), duplex: 'half' as const }),
      cache: 'no-store',
      redirect: 'manual',
      signal: request.signal,
    });
    const returned = new Headers({ 'cache-control': 'no-store' });
    for (const name of returnedHeaders) {
      const value = answer.headers.get(name);
      if (value !== null) returned.set(name, value);
    }
    // A server that compresses would hold events back until there are enough of them.
    if (isEventStream(returned)) returned.set('cache-control', 'no-store, no-transform');
    const empty = answer.status === 204 || answer.status === 304;
    return new Response(empty ? null : answer.body, { status: answer.status, headers: returned });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    if (causes(error).some((cause) => cause instanceof TooLargeError)) return tooLarge();
    const reason = error instanceof Error ? error.message : String(error);
    return refusal({
      status: 502,
      code: 'API_UNREACHABLE',
      message: `The Ritz API at ${apiUrl()} does not answer (${reason}). Start it with \`npm start\`, or set RITZ_API_URL.`,
    });
  }
}

function tooLarge(): Response {
  return refusal({
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
    message: `The request body is larger than ${String(bodyLimit / megabyte)} MB. Send fewer steps or probes per request.`,
  });
}

function causes(error: unknown): unknown[] {
  return error instanceof Error && error.cause !== undefined ? [error, ...causes(error.cause)] : [error];
}
