import { randomUUID } from 'node:crypto';
import { grantServing, jobs, runs } from '@ritz/database';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type RunningApi } from './startApi.ts';
import { mutate, query, send } from './testing/http.ts';
import { runRecord, sendRecords, spectrumRecord, stepRecord } from './testing/ndjson.ts';

let database: TestDatabase;
let api: RunningApi | undefined;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await api?.stop();
  await database.stop();
});

const logger = pino({ level: 'silent' });

it('a role that may change no table serves reading, writing, following and the queue', async () => {
  const { pool } = database.database;
  await pool.query(`create role serving login password 'serving'; revoke create on schema public from public`);
  const url = new URL(database.url);
  [url.username, url.password] = ['serving', 'serving'];

  await expect(startApi({ databaseUrl: url.href, port: 0, logger, migrates: false })).rejects.toThrow('permission');
  await jobs.prepareQueues(database.database);
  await grantServing(database.database, 'serving');
  await expect(grantServing(database.database, 'nobody"; drop table run; --')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(startApi({ databaseUrl: url.href, port: 0, logger })).rejects.toMatchObject({ code: 'MIGRATION' });

  api = await startApi({ databaseUrl: url.href, port: 0, logger, migrates: false });
  const run = runRecord();
  const { lines } = await sendRecords(api.url, [run, stepRecord(run.id, 1, 0.5), spectrumRecord(run.id, 1)]);
  expect(lines.at(-1)).toMatchObject({ status: 'DONE', CREATED: 3 });
  const source = { checkpoint: 'ab'.repeat(32) };
  expect(
    await mutate(api.url, 'requestSpectrum', { id: randomUUID(), runId: run.id, step: 1, source }, 'created'),
  ).toMatchObject({ created: true });
  const { body } = await query(api.url, `{ runs { totalCount } storage { spectrumCount } queueDepth { queued } }`);
  expect(body).toMatchObject({ data: { runs: { totalCount: 1 }, storage: { spectrumCount: 1 } } });
  expect(await send(`${api.url}/export/runs/${run.id}.csv`)).toMatchObject({ status: 200 });
  expect((await runs.get(database.database, run.id)).name).toBe(run.name);
  expect(await send(`${api.url}/readyz`)).toMatchObject({ status: 200 });
});

it('tables of an older release are not served, and said to be', async () => {
  const { pool } = database.database;
  const { rows } = await pool.query(
    'delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations) returning *',
  );
  await expect(startApi({ databaseUrl: database.url, port: 0, logger, migrates: false })).rejects.toMatchObject({
    code: 'MIGRATION',
    message: expect.stringMatching(/are of an older release of Ritz\. Run `ritz migrate`/) as unknown,
  });
  expect(rows).toHaveLength(1);
});
