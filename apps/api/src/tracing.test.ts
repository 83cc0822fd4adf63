import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { query } from './testing/http.ts';
import { startApi } from './testing/process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.stop());

it('sends spans where OTEL_EXPORTER_OTLP_ENDPOINT says, in the trace of the caller', async () => {
  const received: { url: string; body: Buffer }[] = [];
  const collector = createServer((request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', () => {
      received.push({ url: request.url ?? '', body: Buffer.concat(parts) });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const api = startApi({
    DATABASE_URL: database.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String((collector.address() as AddressInfo).port)}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
  });
  try {
    const url = await api.ready;
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await fetch(`${url}/readyz`, { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
    expect(await query(url, '{ projects { id } }')).toMatchObject({ status: 200 });
    api.child.kill('SIGTERM');
    expect((await api.ended).code).toBe(0);
    const sent = received.filter((one) => one.url === '/v1/traces').map(({ body }) => body.toString());
    expect(sent.join()).toContain('GET /readyz');
    expect(sent.join()).toContain('POST /graphql');
    expect(sent.join()).toContain(trace);
  } finally {
    await api.kill();
    collector.closeAllConnections();
    await new Promise((resolve) => collector.close(resolve));
  }
});
