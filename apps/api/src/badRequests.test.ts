import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from './testing/api.ts';
import { send } from './testing/http.ts';
import { postLines, runRecord, sendRecords, spectrumRecord, stepRecord } from './testing/ndjson.ts';

let api: TestApi;
// A connection for each request: one that was answered before its body was read may be closed behind it.
const agent = new Agent({ keepAlive: false });
beforeAll(async () => {
  api = await testApi();
});
afterAll(async () => {
  agent.destroy();
  await api.stop();
});

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

function ask({ method, path, headers, body }: Asked): Promise<Answered> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const sending = request({ hostname, port, method, path, headers, agent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString('latin1'),
        }),
      );
      response.once('error', reject);
    });
    sending.once('error', reject);
    sending.end(body);
  });
}

const paths = fc.oneof(
  fc.constantFrom(
    ...['/', '/graphql', '/graphql/', '/graphql/stream', '/ingest', '/ingest?results=refused', '/session', '/healthz'],
    ...[
      '/export/runs/x.jsonl',
      '/export/runs/%ff.csv',
      '/export/runs/%',
      '/graphiql/%2e%2e/x',
      '//',
      '/graphql?query=%7B',
    ],
    ...['/graphql?query={__typename}&variables=[', '/graphiql/assets/%00', '/export/runs/../../etc/passwd'],
  ),
  fc.webPath().map((path) => `/${path.replace(/^\/+/, '')}`),
);
const types = fc.constantFrom(
  ...[
    'application/json',
    'application/x-ndjson',
    'text/plain',
    'multipart/form-data',
    'application/json; charset=utf-7',
  ],
  ...['application/x-www-form-urlencoded', ';', 'application/graphql', 'application/json; charset=utf-16'],
);
const headers = fc.record(
  {
    'content-type': types,
    'content-encoding': fc.constantFrom('gzip', 'br', 'identity', 'deflate', 'x'),
    accept: fc.constantFrom('text/event-stream', 'application/json', '*/*', 'x', 'application/graphql-response+json'),
    authorization: fc.constantFrom('Bearer x', 'Bearer ', 'Basic x', 'Bearer ritz_', `Bearer ritz_${'A'.repeat(43)}`),
    cookie: fc.constantFrom('ritz_session=x', 'ritz_session=%E0%A4%A', '=;=', 'ritz_session'),
    origin: fc.constantFrom('null', 'http://example.org'),
    'sec-fetch-site': fc.constantFrom('cross-site', 'same-origin', 'x'),
    'x-forwarded-for': fc.constantFrom('1.2.3.4', 'x, y', '::1'),
    'apollo-require-preflight': fc.constant('1'),
  },
  { requiredKeys: [] },
);
const bodies = fc.oneof(
  fc.constant(''),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.uint8Array({ maxLength: 200 }),
  fc.json().map((json) => `{"query": ${json}}`),
  fc.constantFrom('{"query":"subscription { x }"}', '{"query":"{ __typename }","variables":[]}', '{"token":5}', '[1'),
);
const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND');

/** As a client would never write it. */
const cursor = (...parts: string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
const anId = '6f1f1f0e-8a54-4c6e-9a53-0d3c5d1c0001';
const config = (is: string): string => `{ runs(filter: { config: [{ path: "a", is: ${is} }] }) { totalCount } }`;
const forged = (ordering: string, orderBy: string, place: string): string =>
  `{ runs(after: "${cursor(`runs ${ordering} DESC`, place, anId)}", orderBy: { ${orderBy}, direction: DESC }) { totalCount nodes { id } } }`;

describe('each of these is a fault of the request, and says so without a word about the server:', () => {
  it.each([
    config('{ text: "\\u0000" }'),
    config('{ text: "\\ud800" }'),
    config('{ json: "1e999" }'),
    config('{ number: 1e999 }'),
    config('{ json: "[[\\"\\\\u0000\\"]]" }'),
    config('{ json: "" }'),
    config(`{ json: "${'['.repeat(2000)}${']'.repeat(2000)}" }`),
    '{ runs(filter: { schedule: { kind: CONSTANT, initial: 1e999 } }) { totalCount } }',
    '{ runGroups(config: ["a\\u0000"]) { count } }',
    `{ runGroups(config: [${'"a",'.repeat(11)}]) { count } }`,
    '{ runGroups(by: [], config: []) { count } }',
    '{ experiments(project: "a\\u0000") { name } }',
    forged('CREATED_AT', 'field: CREATED_AT', 'at 9999-99-99 99:99:99+99'),
    forged('CREATED_AT', 'field: CREATED_AT', 'at 0000-00-00 00:00:00+00'),
    forged('["a"]', 'config: "a"', 'at "\\ud800"'),
    forged('["a"]', 'config: "a"', `at ${'9'.repeat(400)}`),
    forged('NAME', 'field: NAME', 'at \u0000'),
    `{ spectra(after: "${cursor('spectra DESC', '+275760-09-13T00:00:00.000Z', anId)}") { totalCount } }`,
    `{ spectrumJobs(after: "${cursor('jobs', '+275760-09-13T00:00:00.000Z', anId)}") { totalCount } }`,
    `{ ${Array.from({ length: 1000 }, (_, at) => `a${String(at)}: projects { name }`).join(' ')} }`,
    `{ ${'a: __typename '.repeat(20_000)} }`,
    `{ run(id: "${anId}") ${'{ spectra { run '.repeat(200)}{ id }${'} }'.repeat(200)} }`,
    '\ud800',
  ])('%#', async (query) => {
    const { status, text } = await ask({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(status, text.slice(0, 500)).toBeLessThan(500);
    expect(text).toContain('"errors"');
    expect(text).not.toMatch(/INTERNAL_SERVER_ERROR|QUERY_FAILED|5432|A query at|select /);
  });

  it('variables of great size and depth', async () => {
    const inside = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    for (const variables of [`{"x":${inside}}`, `{"ids":${JSON.stringify(Array<string>(20_000).fill(anId))}}`]) {
      const { status, text } = await ask({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json' },
        body: `{"query":"query($ids: [ID!]) { runs(filter: { ids: $ids }) { totalCount } }","variables":${variables}}`,
      });
      expect(status, text.slice(0, 300)).toBeLessThan(500);
    }
  });
});

describe('generated bad requests are answered, and never with a fault of the server:', () => {
  it('methods, paths, headers and bodies of every kind', async () => {
    const asked = fc.record({ method: methods, path: paths, headers, body: bodies });
    await fc.assert(
      fc.asyncProperty(asked, async (one) => {
        const { status, text } = await ask(one);
        expect(status, `${JSON.stringify(one)} → ${text.slice(0, 300)}`).toBeLessThan(500);
        expect(text).not.toMatch(/INTERNAL_SERVER_ERROR|node_modules|\bat .*\.(ts|js):/);
      }),
      { numRuns: 2500 },
    );
  });

  it('bytes that are no HTTP', async () => {
    const { hostname, port } = new URL(api.url);
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.constantFrom(
        'GET / HTTP/1.1\r\n',
        'Host: 127.0.0.1\r\n',
        'Content-Length: -1\r\n',
        'Transfer-Encoding: x\r\n',
        '\r\n',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 6 }), async (parts) => {
        const answer = await new Promise<string>((resolve) => {
          let text = '';
          const socket = connect(Number(port), hostname, () => socket.end(Buffer.from(parts.join(''), 'latin1')));
          socket.on('data', (data) => (text += data.toString('latin1')));
          socket.on('error', () => undefined);
          socket.once('close', () => resolve(text));
        });
        expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
      }),
      { numRuns: 500 },
    );
  });

  it('lines of streams', async () => {
    const run = runRecord();
    await sendRecords(api.url, [run]);
    const right: readonly Record<string, unknown>[] = [
      runRecord(),
      stepRecord(run.id, 1, 0.5),
      spectrumRecord(run.id, 2),
      { v: 1, kind: 'finish', runId: run.id, status: 'INTERRUPTED' },
    ];
    const strange = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        true,
        -1,
        0.5,
        2 ** 53,
        1e308,
        '',
        '\0',
        '\ud800',
        "'; drop table run; --",
        [],
        {},
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(fc.oneof(fc.double(), fc.constant(null)), { maxLength: 4 }),
      fc.json().map((json): unknown => JSON.parse(json)),
    );
    const mangled = fc.constantFrom(...right).chain((record) =>
      fc
        .dictionary(fc.constantFrom(...Object.keys(record), 'surprise', '__proto__'), strange, {
          minKeys: 1,
          maxKeys: 3,
        })
        .map((changes) => JSON.stringify({ ...record, ...changes })),
    );
    const line = fc.oneof(
      { weight: 8, arbitrary: mangled },
      { weight: 1, arbitrary: fc.json() },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ') || 'x') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 40, maxLength: 40 }), async (lines) => {
        const answer = await postLines(api.url, lines.join('\n'));
        expect(answer.status).toBe(200);
        expect(answer.lines.at(-1), lines.join('\n').slice(0, 5000)).toMatchObject({ status: 'DONE' });
      }),
      { numRuns: 150 },
    );
    expect(await send(`${api.url}/readyz`)).toMatchObject({ status: 200 });
  });
});
