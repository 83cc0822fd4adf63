import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { pino } from 'pino';
import { startApi, type RunningApi } from '../startApi.ts';
import { firstError, query, send } from '../testing/http.ts';

describe('when the database goes away', () => {
  let database: TestDatabase;
  let api: RunningApi;
  const log: string[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    const logger = pino({ base: null }, { write: (line) => void log.push(line) });
    api = await startApi({ databaseUrl: database.url, port: 0, logger });
  });
  afterAll(() => api.stop());

  it('is ready before', async () => {
    expect(await send(`${api.url}/readyz`)).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect(await send(`${api.url}/healthz`)).toMatchObject({ status: 200, body: { status: 'alive' } });
  });

  it('stays alive, is not ready, and answers queries with 503 and no detail', async () => {
    await database.stop();
    expect(await send(`${api.url}/readyz`)).toMatchObject({ status: 503, body: { status: 'not ready' } });
    expect(await send(`${api.url}/healthz`)).toMatchObject({ status: 200 });
    const answer = await query(api.url, '{ projects { name } }');
    expect(answer.status).toBe(503);
    expect(firstError(answer)).toEqual({
      code: 'DATABASE_UNREACHABLE',
      message: 'The database cannot be reached at the moment. Try again later.',
    });
    const id = answer.headers.get('x-request-id');
    expect(JSON.stringify(answer.body)).toContain(id);
    expect(JSON.stringify(answer.body)).not.toMatch(/127\.0\.0\.1|stack|ECONNREFUSED/);
    expect(log.join('')).toContain('UNREACHABLE');
  });

  it('stops cleanly, twice if it must', async () => {
    await api.stop();
    await api.stop();
    await expect(send(`${api.url}/healthz`)).rejects.toThrow();
  });
});
