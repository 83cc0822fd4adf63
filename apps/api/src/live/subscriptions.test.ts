import { setTimeout as sleep } from 'node:timers/promises';
import { runs, tokens } from '@ritz/database';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from '../testing/api.ts';
import { firstError, send, type Answer } from '../testing/http.ts';
import { runRecord, sendRecords, spectrumRecord, stepRecord } from '../testing/ndjson.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.stop());

function subscribe(id: string, headers: Record<string, string> = {}) {
  const client = createClient({ url: `${api.url}/graphql/stream`, headers, retryAttempts: 0 });
  const query = `subscription { runUpdated(id: "${id}") { status spectra { step { number trainLoss } } } }`;
  return client.iterate({ query });
}

const post = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  send(`${api.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(body),
  });

describe('runUpdated', () => {
  it('tells the run as it is, then what any process writes to it', async () => {
    const run = runRecord();
    await sendRecords(api.url, [run]);
    const events = subscribe(run.id);
    expect((await events.next()).value).toEqual({ data: { runUpdated: { status: 'RUNNING', spectra: [] } } });
    await sendRecords(api.url, [stepRecord(run.id, 4, 0.5), spectrumRecord(run.id, 4)]);
    const spectra = [{ step: { number: 4, trainLoss: 0.5 } }];
    // The step and the spectrum may be told one after the other.
    let told = (await events.next()).value;
    if (JSON.stringify(told).includes('"spectra":[]')) told = (await events.next()).value;
    expect(told).toEqual({ data: { runUpdated: { status: 'RUNNING', spectra } } });
    await runs.finish(api.database, run.id);
    let last = (await events.next()).value;
    if (JSON.stringify(last).includes('RUNNING')) last = (await events.next()).value;
    expect(last).toEqual({ data: { runUpdated: { status: 'FINISHED', spectra } } });
    await events.return?.();
  });

  it('ends at once for a run that is not known', async () => {
    expect(await subscribe(runRecord().id).next()).toMatchObject({ done: true });
  });

  it('lets many listen to one run, and forgets those who left', async () => {
    const run = runRecord();
    await sendRecords(api.url, [run]);
    const listeners = Array.from({ length: 30 }, () => subscribe(run.id));
    await Promise.all(listeners.map((events) => events.next()));
    const waiting = listeners.map((events) => events.next());
    await runs.finish(api.database, run.id);
    const told = await Promise.all(waiting);
    expect(told.map(({ value }) => JSON.stringify(value)).every((text) => text.includes('FINISHED'))).toBe(true);
    for (const events of listeners) await events.return?.();
  });
});

describe('the stream', () => {
  it.each([
    ['a query', { query: '{ projects { id } }' }, 'BAD_REQUEST'],
    ['what cannot be parsed', { query: 'subscription {' }, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: 'subscription { nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'too deep a subscription',
      {
        query: `subscription { runUpdated(id: "x") { ${'step(number: 1) { run { '.repeat(9)} id ${'} }'.repeat(9)} } }`,
      },
      'QUERY_TOO_LARGE',
    ],
  ])('refuses %s', async (_what, body, code) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(firstError(answer).code).toBe(code);
  });

  it('is for those who ask for events in JSON', async () => {
    const query = { query: 'subscription { runUpdated(id: "x") { id } }' };
    expect(await post(query, { accept: 'application/json' })).toMatchObject({ status: 406 });
    expect(await post(query, { 'content-type': 'text/plain' })).toMatchObject({ status: 406 });
  });

  it('ends when its token is revoked, with the next event', async () => {
    const run = runRecord();
    await sendRecords(api.url, [run]);
    const { token, secret } = await tokens.create(api.database, { name: 'watcher', scope: 'read' });
    const events = subscribe(run.id, { authorization: `Bearer ${secret}` });
    await events.next();
    await tokens.revoke(api.database, token.id);
    await runs.finish(api.database, run.id);
    const { value } = await events.next();
    expect(value).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await events.next()).toMatchObject({ done: true });
  });

  it('ends at once when the server stops', async () => {
    const { token, secret } = await tokens.create(api.database, { name: 'last', scope: 'write' });
    expect(token.revokedAt).toBeNull();
    const headers = { authorization: `Bearer ${secret}` };
    const run = runRecord();
    await sendRecords(api.url, [run], headers);
    const events = subscribe(run.id, headers);
    await events.next();
    const ended = events.next().then(
      () => 'ended',
      () => 'ended',
    );
    const stopped = api.stop();
    expect(await Promise.race([ended, sleep(4000, 'still open')])).toBe('ended');
    await stopped;
  });
});
