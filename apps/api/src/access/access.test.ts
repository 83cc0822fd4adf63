import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { tokens } from '@ritz/database';
import type { TokenScope } from '@ritz/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from '../testing/api.ts';
import { firstError, post, send, type Answer } from '../testing/http.ts';
import { postLines, runRecord, sendRecords, spectrumRecord } from '../testing/ndjson.ts';

let api: TestApi;
const secrets = { read: '', write: '', admin: '', other: '' };
const run = runRecord({ project: 'ours', name: 'a secret plan' });
const spectrum = spectrumRecord(run.id, 1);

async function makeToken(scope: TokenScope, project?: string): Promise<{ id: string; secret: string }> {
  const { token, secret } = await tokens.create(api.database, { name: scope, scope, ...(project && { project }) });
  return { id: token.id, secret };
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const ask = (text: string, headers: Record<string, string>): Promise<Answer> =>
  post(api.url, JSON.stringify({ query: text }), headers);
const names = '{ runs(first: 10) { nodes { name } } }';

beforeAll(async () => {
  api = await testApi();
  await sendRecords(api.url, [run, spectrum]);
  secrets.read = (await makeToken('read', 'ours')).secret;
  secrets.write = (await makeToken('write', 'ours')).secret;
  secrets.admin = (await makeToken('admin')).secret;
  secrets.other = (await makeToken('write', 'theirs')).secret;
  // Whether there are tokens is asked at most once a second.
  await sleep(1100);
});
afterAll(() => api.stop());

describe('once there are tokens', () => {
  it.each([
    ['GraphQL', '/graphql', 'POST', 'application/json'],
    ['subscriptions', '/graphql/stream', 'POST', 'application/json'],
    ['ingestion', '/ingest', 'POST', 'application/x-ndjson'],
    ['exports', `/export/runs/${run.id}.jsonl`, 'GET', ''],
    ['who is signed in', '/session', 'GET', ''],
  ])('%s asks who one is', async (_what, path, method, type) => {
    const answer = await send(`${api.url}${path}`, {
      method,
      ...(type && { headers: { 'content-type': type }, body: '{}' }),
    });
    expect(answer.status).toBe(401);
    expect(firstError(answer).code).toBe('UNAUTHENTICATED');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="ritz"');
  });

  it('health needs no token', async () => {
    expect(await send(`${api.url}/readyz`)).toMatchObject({ status: 200 });
  });

  it.each([
    ['one that was never made', `Bearer ritz_${'A'.repeat(43)}`],
    ['something else', 'Bearer hunter2'],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['nothing', 'Bearer '],
  ])('refuses %s', async (_what, authorization) => {
    const answer = await ask(names, { authorization });
    expect(answer.status).toBe(401);
    expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|dXNlc|AAAA/);
  });

  it('reads with a token, and never lets the answer be cached', async () => {
    const answer = await ask(names, bearer(secrets.read));
    expect(answer).toMatchObject({ status: 200, body: { data: { runs: { nodes: [{ name: 'a secret plan' }] } } } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a scope', () => {
  it('READ does not write', async () => {
    const ingested = await sendRecords(api.url, [runRecord({ project: 'ours' })], bearer(secrets.read));
    expect(ingested.status).toBe(403);
    expect(ingested.lines[0]).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const mutation = `mutation { finishRun(input: { id: "${run.id}" }) { run { id } } }`;
    const answer = await ask(mutation, bearer(secrets.read));
    expect(answer.status).toBe(403);
    expect(firstError(answer).code).toBe('FORBIDDEN');
  });

  it('WRITE writes, in its own project only', async () => {
    const { lines } = await sendRecords(
      api.url,
      [runRecord({ project: 'ours' }), runRecord({ project: 'theirs' })],
      bearer(secrets.write),
    );
    expect(lines[0]).toMatchObject({ status: 'CREATED' });
    expect(lines[1]).toMatchObject({ status: 'REFUSED', code: 'FORBIDDEN', field: ['project'] });
  });
});

describe('to the token of another project the run does not exist', () => {
  it('in queries', async () => {
    const text = `{ run(id: "${run.id}") { name } spectrum(id: "${spectrum.id}") { id } runs(first: 10) { nodes { name } } projects { name } }`;
    const { body } = await ask(text, bearer(secrets.other));
    expect(body['data']).toEqual({ run: null, spectrum: null, runs: { nodes: [] }, projects: [{ name: 'theirs' }] });
  });

  it('in exports', async () => {
    const answer = await send(`${api.url}/export/runs/${run.id}.jsonl`, { headers: bearer(secrets.other) });
    expect(answer.status).toBe(404);
  });

  it('in ingestion', async () => {
    const { lines } = await sendRecords(api.url, [spectrumRecord(run.id, 2)], bearer(secrets.other));
    expect(lines[0]).toMatchObject({ status: 'REFUSED', code: 'NOT_FOUND' });
  });
});

describe('a revoked token', () => {
  it('is refused at once', async () => {
    const { id, secret } = await makeToken('read');
    expect(await ask(names, bearer(secret))).toMatchObject({ status: 200 });
    await tokens.revoke(api.database, id);
    expect(await ask(names, bearer(secret))).toMatchObject({ status: 401 });
  });

  it('is refused in the middle of a stream, and what was answered stays', async () => {
    const { id, secret } = await makeToken('write');
    const first = runRecord();
    let send = (_record: object): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        send = (record) => controller.enqueue(Buffer.from(`${JSON.stringify(record)}\n`));
        send(first);
      },
    });
    const response = await fetch(`${api.url}/ingest`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', ...bearer(secret) },
      body,
      duplex: 'half',
    } as RequestInit);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('CREATED');
    await tokens.revoke(api.database, id);
    send(runRecord());
    expect((await reader?.read())?.value).toContain('"status":"STOPPED","code":"UNAUTHENTICATED"');
  });
});

describe('signing in from a browser', () => {
  const signIn = (token: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    send(`${api.url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ token }),
    });

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await signIn(secrets.read);
    expect(answer).toMatchObject({ status: 200, body: { scope: 'READ', project: 'ours' } });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^ritz_session=.*; Max-Age=43200; Path=\/;.*HttpOnly; SameSite=Strict$/);
    const session = { cookie: cookie.split(';')[0] ?? '' };
    expect(await ask(names, session)).toMatchObject({ status: 200 });
    expect(await send(`${api.url}/session`, { headers: session })).toMatchObject({ body: { scope: 'READ' } });
    const out = await send(`${api.url}/session`, { method: 'DELETE', headers: session });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^ritz_session=;/);
  });

  it('is refused without a token that can be used', async () => {
    expect(await signIn('ritz_wrong')).toMatchObject({ status: 401 });
    expect(await signIn(5)).toMatchObject({ status: 400 });
    expect((await signIn('ritz_wrong')).headers.get('set-cookie')).toBeNull();
  });

  it('a form of another site cannot use the session, whatever the browser sends along', async () => {
    const cookie = `ritz_session=${secrets.admin}`;
    const form = { 'content-type': 'application/x-www-form-urlencoded', cookie };
    const body = `query=${encodeURIComponent(`mutation { finishRun(input: { id: "${run.id}" }) { run { id } } }`)}`;
    expect(await post(api.url, body, form)).toMatchObject({ status: 400 });
    expect(await post(api.url, body, { ...form, 'content-type': 'text/plain' })).toMatchObject({ status: 400 });
    const site = { 'sec-fetch-site': 'cross-site', cookie };
    const json = await post(api.url, JSON.stringify({ query: names }), site);
    expect(json.status).toBe(403);
    expect(firstError(json).code).toBe('CROSS_SITE');
    expect(await postLines(api.url, '{}', { ...site, 'content-type': 'text/plain' })).toMatchObject({ status: 403 });
    expect(await signIn(secrets.read, { 'sec-fetch-site': 'same-site' })).toMatchObject({ status: 403 });
    const { body: stored } = await ask(`{ run(id: "${run.id}") { status } }`, bearer(secrets.admin));
    expect(stored['data']).toEqual({ run: { status: 'RUNNING' } });
  });
});

describe('the log', () => {
  it('has every request and no secret', async () => {
    await ask(names, { ...bearer(secrets.admin), cookie: `ritz_session=${secrets.read}` });
    await ask('{ runs(first: 1) { nodes { nothing } } }', bearer(secrets.admin));
    await send(`${api.url}/graphql?token=${secrets.admin}`, { headers: bearer(secrets.admin) });
    const log = JSON.stringify(api.logs);
    expect(log).toContain('"path":"/graphql"');
    for (const secret of Object.values(secrets)) expect(log).not.toContain(secret);
    for (const secret of Object.values(secrets)) expect(log).not.toContain(Buffer.from(secret).toString('base64'));
  });
});

describe('many requests at once', () => {
  it('are no attempts to guess', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(names, bearer(secrets.read))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('guessing', () => {
  it('is slowed down for the one who guesses, and nobody else is locked out', async () => {
    let answer = await ask(names, bearer('ritz_wrong'));
    for (let attempt = 0; attempt < 40 && answer.status === 401; attempt++) {
      answer = await ask(names, bearer(`ritz_${randomUUID()}`));
    }
    expect(answer.status).toBe(429);
    expect(firstError(answer).code).toBe('RATE_LIMITED');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    const headers = { 'content-type': 'application/json' };
    const signIn = { method: 'POST', headers, body: '{"token":"ritz_wrong"}' };
    expect(await send(`${api.url}/session`, signIn)).toMatchObject({ status: 429 });
    expect(await ask(names, bearer(secrets.read))).toMatchObject({ status: 200 });
  });
});
