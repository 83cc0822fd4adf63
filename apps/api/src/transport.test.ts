import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from './testing/api.ts';
import { firstError, post, query, send } from './testing/http.ts';
import { runInput, spectrumInput } from './testing/inputs.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.stop());

const projects = JSON.stringify({ query: '{ projects { id } }' });

describe('what is served', () => {
  it('says at / where GraphQL is', async () => {
    const { status, body } = await send(api.url);
    expect(status).toBe(200);
    expect(body).toEqual({
      name: 'ritz',
      graphql: '/graphql',
      graphiql: '/graphiql',
      health: '/healthz',
      ready: '/readyz',
      metrics: '/metrics',
    });
  });

  it('answers queries with the id of the request, also found in the log, and with their cost', async () => {
    const { status, headers, body } = await post(api.url, projects);
    expect({ status, body }).toMatchObject({ status: 200, body: { data: { projects: [] } } });
    expect(body).toMatchObject({ extensions: { cost: { asked: { depth: 2, aliases: 0 }, limits: { depth: 12 } } } });
    const id = headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Number(headers.get('x-query-cost'))).toBeGreaterThan(0);
    await expect
      .poll(() => api.logs.find((line) => line['requestId'] === id))
      .toMatchObject({
        method: 'POST',
        path: '/graphql',
        status: 200,
      });
  });

  it('answers queries sent with GET, but no mutations, and no page of another site', async () => {
    const get = (text: string, headers: Record<string, string> = {}) =>
      send(`${api.url}/graphql?query=${encodeURIComponent(text)}`, { headers });
    expect(await get('{ projects { id } }')).toMatchObject({ status: 200, body: { data: { projects: [] } } });
    expect(await get('{ projects { id } }', { origin: 'https://example.org' })).toMatchObject({ status: 403 });
    const mutation = `mutation { finishRun(input: { id: "${randomUUID()}" }) { run { id } } }`;
    expect(await get(mutation)).toMatchObject({ status: 405 });
  });

  it('says where subscriptions are answered', async () => {
    const answer = await query(api.url, 'subscription { runsUpdated }');
    expect(answer.status).toBe(400);
    expect(firstError(answer)).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('POST this one to /graphql/stream') as unknown,
    });
  });

  it('says what a query used, beside what it was expected to', async () => {
    const { body } = await post(api.url, projects);
    expect(body).toMatchObject({ extensions: { cost: { used: { fields: 0 }, ceilings: { fields: 500_000 } } } });
  });

  it('describes itself', async () => {
    const { body } = await query(api.url, '{ __schema { queryType { fields { name description } } } }');
    expect(JSON.stringify(body)).toContain('"runs"');
  });

  it('lets no other origin read', async () => {
    const { headers } = await post(api.url, projects, { origin: 'https://example.org' });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await send(`${api.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers only requests that name this machine as their host', async () => {
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(api.url);
      request({ hostname, port, path: '/readyz', headers: { host: 'attacker.example:4000' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});

describe('what is refused', () => {
  it.each([
    ['a path that is not there', '/nothing', {}, 404, 'NOT_FOUND'],
    ['a form post from a web page', '/graphql', { 'content-type': 'text/plain' }, 400, 'BAD_REQUEST'],
    [
      'an unknown character set',
      '/graphql',
      { 'content-type': 'application/json; charset=klingon' },
      415,
      'BAD_REQUEST',
    ],
    ['an unknown compression', '/graphql', { 'content-encoding': 'nonsense' }, 415, 'BAD_REQUEST'],
  ])('%s', async (_what, path, headers, status, code) => {
    const answer = await send(`${api.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: projects,
    });
    expect(answer.status).toBe(status);
    expect(firstError(answer).code).toBe(code);
  });

  it.each([
    ['text that is no JSON', '{"query": ', 'BAD_REQUEST'],
    ['JSON that is no object', '"text"', 'BAD_REQUEST'],
    ['no query', '{}', 'BAD_REQUEST'],
    ['an empty body', '', 'BAD_REQUEST'],
    ['a batch', `[${projects}, ${projects}]`, 'BAD_REQUEST'],
    ['variables that are no object', '{"query": "{ projects { id } }", "variables": 3}', 'BAD_REQUEST'],
    ['a query that cannot be parsed', '{"query": "{ projects { "}', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query": "{ projectz { id } }"}', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown operation',
      '{"query": "query A { projects { id } }", "operationName": "B"}',
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('%s', async (_what, body, code) => {
    const answer = await post(api.url, body);
    expect(answer.status).toBe(400);
    expect(firstError(answer).code).toBe(code);
    expect(JSON.stringify(answer.body)).not.toContain('stack');
  });

  it('bytes that are no UTF-8', async () => {
    const answer = await post(api.url, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]));
    expect(answer.status).toBe(400);
    expect(firstError(answer).message).toBe('The request could not be read: its body is not valid UTF-8.');
  });

  it('a body of more than 20 MB, saying so', async () => {
    const answer = await post(api.url, JSON.stringify({ query: '{ projects { id } }', junk: 'x'.repeat(21e6) }));
    expect(answer.status).toBe(413);
    expect(firstError(answer)).toEqual({
      code: 'PAYLOAD_TOO_LARGE',
      message: 'The request body is larger than 20 MB. Send fewer steps or probes per request.',
    });
  });

  it.each([
    [
      '1000 levels',
      'QUERY_TOO_LARGE',
      `{ run(id: "x") { ${'step(number: 1) { run { '.repeat(500)} id ${'} }'.repeat(500)} } }`,
    ],
    [
      '14 levels',
      'QUERY_TOO_LARGE',
      `{ run(id: "x") { ${'step(number: 1) { run { '.repeat(6)} id ${'} }'.repeat(6)} } }`,
    ],
    [
      '200 aliases',
      'QUERY_TOO_LARGE',
      `{ ${Array.from({ length: 200 }, (_, n) => `a${String(n)}: projects { id }`).join(' ')} }`,
    ],
    [
      '10,000 aliases',
      'GRAPHQL_PARSE_FAILED',
      `{ ${Array.from({ length: 10_000 }, (_, n) => `a${String(n)}: projects { id }`).join(' ')} }`,
    ],
    [
      'a million points',
      'QUERY_TOO_LARGE',
      '{ runs(first: 100) { nodes { spectra { density(grid: { points: 10000 }) { lambda } } } } }',
    ],
  ])('a query of %s', async (_what, code, text) => {
    const answer = await query(api.url, text);
    expect(answer.status).toBe(400);
    expect(firstError(answer).code).toBe(code);
  });
});

describe('numbers that are not finite', () => {
  const mutation = 'mutation($input: RecordSpectrumInput!) { recordSpectrum(input: $input) { created } }';
  const body = (alpha: string): string =>
    JSON.stringify({
      query: mutation,
      variables: {
        input: { ...spectrumInput(randomUUID(), 0, []), probes: [{ index: 0, seed: 1, alpha: 'HERE', beta: [] }] },
      },
    }).replace('"HERE"', alpha);

  it.each([
    [
      'NaN, as Python writes it',
      '[1.5, NaN]',
      'NON_FINITE',
      /holds NaN, which is not JSON: a number that is not finite/,
    ],
    ['-Infinity, as Python writes it', '[-Infinity]', 'NON_FINITE', /holds -Infinity/],
    [
      'null, as JavaScript writes NaN',
      '[1.5, null]',
      'BAD_USER_INPUT',
      /probes\[0\]\.alpha\[1\].*Every number must be finite/,
    ],
    ['1e999, which JSON.parse reads as Infinity', '[1e999]', 'BAD_USER_INPUT', /Infinity.*Every number must be finite/],
    ['a text', '["NaN"]', 'BAD_USER_INPUT', /Float cannot represent non numeric value/],
  ])('are refused: %s', async (_what, alpha, code, message) => {
    const answer = await post(api.url, body(alpha));
    expect(answer.status).toBe(400);
    expect(firstError(answer).code).toBe(code);
    expect(firstError(answer).message).toMatch(message);
  });

  it('does not mistake the word in a text for the number', async () => {
    const answer = await post(api.url, '{"query": "[ NaN, ", "x" "y"}');
    expect(firstError(answer).code).toBe('BAD_REQUEST');
  });

  it.each([
    ['2^53', 9007199254740992],
    ['a fraction', 1.5],
  ])('refuses a seed of %s, which is not exact', async (_what, seed) => {
    const text = 'mutation($input: CreateRunInput!) { createRun(input: $input) { created } }';
    const answer = await query(api.url, text, { input: runInput({ seed }) });
    expect(answer.status).toBe(400);
    expect(firstError(answer).message).toContain('SafeInt');
  });
});
