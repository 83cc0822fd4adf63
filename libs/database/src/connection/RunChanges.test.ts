/** Writes by any process are heard, once or more, also after the connection was lost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from './Database.ts';
import { openDatabase } from './openDatabase.ts';
import * as runs from '../runs/index.ts';
import * as spectra from '../spectra/index.ts';
import * as steps from '../steps/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun, exampleSpectrum } from '../testing/examples.ts';

let fixture: TestDatabase;
let other: Database;
beforeAll(async () => {
  fixture = await testDatabase();
  other = await openDatabase(fixture.url);
});
afterAll(async () => {
  await other.close();
  await fixture.stop();
});

const listeners = `select count(*)::int as count from pg_stat_activity where application_name = 'ritz changes'`;

describe('the changes of a run', () => {
  test('are heard after every kind of write, through any connection, and no other run’s', async () => {
    const { run } = await runs.create(other, exampleRun());
    const { run: noise } = await runs.create(other, exampleRun());
    const changes = await fixture.database.changes.of(run.id);
    const writes: (() => Promise<unknown>)[] = [
      () => steps.log(other, { runId: run.id, steps: [{ number: 1 }] }),
      () => spectra.record(other, exampleSpectrum(run.id)),
      () => runs.edit(other, run.id, { notes: 'x' }),
      () => other.pool.query('update step set train_loss = 1 where run_id = $1', [run.id]),
      () => runs.finish(other, run.id),
      () => runs.remove(other, run.id),
    ];
    for (const write of writes) {
      await steps.log(other, { runId: noise.id, steps: [{ number: 5 }] });
      await write();
      expect(await changes.next()).toEqual({ done: false, value: undefined });
    }
    await runs.finish(other, noise.id);
    const quiet = Symbol('quiet');
    const heard = await Promise.race([changes.next(), new Promise((resolve) => setTimeout(resolve, 200, quiet))]);
    expect(heard).toBe(quiet);
    await changes.return?.();
  });

  test('of every run are heard with their ids, quick ones together', async () => {
    const changes = await fixture.database.changes.all();
    const { run: one } = await runs.create(other, exampleRun());
    expect((await changes.next()).value).toEqual(new Set([one.id]));
    const { run: two } = await runs.create(other, exampleRun());
    await steps.log(other, { runId: one.id, steps: [{ number: 1 }] });
    const heard = new Set<string>();
    while (heard.size < 2) for (const id of (await changes.next()).value as ReadonlySet<string>) heard.add(id);
    expect(heard).toEqual(new Set([one.id, two.id]));
    await other.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ritz changes'`,
    );
    expect((await changes.next()).value).toEqual(new Set());
    await changes.return?.();
  });

  test('end with their signal and with their reader, and then hold no connection', async () => {
    const { run } = await runs.create(other, exampleRun());
    const controller = new AbortController();
    const changes = await fixture.database.changes.of(run.id, controller.signal);
    const waiting = changes.next();
    controller.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await expect.poll(async () => (await other.pool.query(listeners)).rows).toEqual([{ count: 0 }]);
  });

  test('open no second connection when readers come and go at once', async () => {
    const { run } = await runs.create(other, exampleRun());
    for (let round = 0; round < 20; round++) {
      const changes = await fixture.database.changes.of(run.id);
      await changes.return?.();
    }
    await expect.poll(async () => (await other.pool.query(listeners)).rows).toEqual([{ count: 0 }]);
  });

  test('go on after the connection was lost, and say that something may have been missed', async () => {
    const { run } = await runs.create(other, exampleRun());
    const changes = await fixture.database.changes.of(run.id);
    await other.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ritz changes'`,
    );
    expect((await changes.next()).done).toBe(false);
    await steps.log(other, { runId: run.id, steps: [{ number: 1 }] });
    expect((await changes.next()).done).toBe(false);
    await changes.return?.();
  });

  test('end when the database is closed', async () => {
    const short = await openDatabase(fixture.url);
    const changes = await short.changes.of((await runs.create(other, exampleRun())).run.id);
    const waiting = changes.next();
    await short.close();
    expect((await waiting).done).toBe(true);
  });
});
