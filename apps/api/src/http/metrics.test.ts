import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from '../testing/api.ts';
import { query, send } from '../testing/http.ts';
import { runRecord, sendRecords, spectrumRecord, stepRecord } from '../testing/ndjson.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.stop());

describe('/metrics', () => {
  it('counts requests, cost, lines, connections, parts, spectra and memory', async () => {
    const run = runRecord();
    await sendRecords(api.url, [run, stepRecord(run.id, 1, 0.5), spectrumRecord(run.id, 1), { v: 1, kind: 'walk' }]);
    await query(api.url, '{ projects { id } }');
    await send(`${api.url}/nothing/${run.id}`);
    const { status, headers, body } = await send(`${api.url}/metrics`);
    const text = String(body['text']);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const line of [
      'ritz_http_requests_total{method="POST",route="/graphql",status="200"} 1',
      'ritz_http_requests_total{method="POST",route="/ingest",status="200"} 1',
      'ritz_http_requests_total{method="GET",route="other",status="404"} 1',
      'ritz_http_request_seconds_count{route="/graphql"} 1',
      'ritz_graphql_cost_count{operation="query"} 1',
      'ritz_ingest_lines_total{status="created"} 3',
      'ritz_ingest_lines_total{status="refused"} 1',
      'ritz_database_connections{state="waiting"} 0',
      'ritz_queue_parts{status="queued"} 0',
      'ritz_spectra 1',
      'ritz_database_up 1',
      'ritz_query_memory_bytes 0',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toMatch(/^process_resident_memory_bytes \d{7,}$/m);
    expect(text).not.toContain(run.id);
  });
});
