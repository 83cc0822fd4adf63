import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { send } from '../testing/http.ts';
import { killDatabase } from '../testing/killDatabase.ts';
import { runRecord, sendRecords, stepRecord } from '../testing/ndjson.ts';
import { startApi, type ApiProcess } from '../testing/process.ts';

let database: TestDatabase;
let api: ApiProcess;
beforeAll(async () => {
  database = await testDatabase();
  api = startApi({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await api.kill();
  await database.stop();
});

it('a subscriber hears of what is written after PostgreSQL was killed and started again, on the same connection', async () => {
  const url = await api.ready;
  const run = runRecord();
  await sendRecords(url, [run]);
  const client = createClient({ url: `${url}/graphql/stream`, retryAttempts: 0 });
  const events = client.iterate({ query: `subscription { runUpdated(id: "${run.id}") { history { step } } }` });
  const told = async (): Promise<unknown> => (await events.next()).value;
  expect(await told()).toEqual({ data: { runUpdated: { history: { step: [] } } } });

  await killDatabase(database.database);
  const ready = () => send(`${url}/readyz`).then(({ status }) => status);
  await expect.poll(ready, { timeout: 40_000, interval: 50 }).toBe(503);
  await expect.poll(ready, { timeout: 40_000, interval: 50 }).toBe(200);
  const stored = async () => (await sendRecords(url, [stepRecord(run.id, 7, 0.5)])).lines[0];
  await expect
    .poll(stored, { timeout: 40_000 })
    .toMatchObject({ status: expect.stringMatching(/CREATED|UNCHANGED/) as string });

  // Once because the database is back, once because of the step; both may be one.
  let last = await told();
  while (JSON.stringify(last) === '{"data":{"runUpdated":{"history":{"step":[]}}}}') last = await told();
  expect(last).toEqual({ data: { runUpdated: { history: { step: [7] } } } });
  await events.return?.();
});
