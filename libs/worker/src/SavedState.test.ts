import { randomUUID } from 'node:crypto';
import { jobs, runs, type Database } from '@ritz/database';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from './store/openStore.ts';
import { removeStaleStates } from './SavedState.ts';

let server: TestDatabase;
beforeAll(async () => {
  server = await testDatabase();
});
afterAll(() => server.stop());

async function newRun(database: Database): Promise<string> {
  const { run } = await runs.create(database, {
    ...{ id: randomUUID(), name: 'states', architecture: 'none', dataset: 'none', optimiser: 'none', seed: 1 },
    schedule: { kind: 'constant', initial: 1 },
  });
  return run.id;
}

async function newJob(database: Database, runId: string, step: number): Promise<string> {
  const { job } = await jobs.request(database, {
    ...{ id: randomUUID(), runId, step, source: { kind: 'checkpoint', checkpoint: '0'.repeat(64) } },
    ...{ engine: 'onnx-cpu', probes: 1, probeGroups: [1] },
  });
  return job.id;
}

describe('states in the store', () => {
  it('are removed once their job is gone with its run, and kept for one that waits, failed or was cancelled', async () => {
    const { database } = server;
    const [kept, removed] = [await newRun(database), await newRun(database)];
    const [failing, cancelled, gone] = [
      await newJob(database, kept, 1),
      await newJob(database, kept, 2),
      await newJob(database, removed, 1),
    ];
    const workerId = await jobs.register(database, { name: 'test', engine: 'onnx-cpu', concurrency: 1 });
    const part = await jobs.take(database, { workerId, engine: 'onnx-cpu', leaseSeconds: 60 });
    expect(part?.job.id).toBe(failing);
    if (part) await jobs.fail(database, part, 'no luck', false);
    await jobs.cancel(database, cancelled);
    const store = await openStore({ RITZ_STORE: await temporaryFolder() });
    const ids = [failing, cancelled, gone];
    for (const id of ids) await store.put(`states/${id}/0/${randomUUID()}/0000000000000000`, Buffer.from('journal'));
    await store.put('objects/00/checkpoint', Buffer.from('weights'));
    expect(await removeStaleStates(store, database)).toBe(0);
    await runs.remove(database, removed);
    expect(await removeStaleStates(store, database)).toBe(1);
    const left = (await store.list('states/')).map((key) => key.split('/')[1]);
    expect(left).toEqual([failing, cancelled].sort());
    expect(await store.list('objects/')).toEqual(['objects/00/checkpoint']);
  });

  it('are removed once their job is finished', async () => {
    const { database } = server;
    const id = await newJob(database, await newRun(database), 1);
    const store = await openStore({ RITZ_STORE: await temporaryFolder() });
    await store.put(`states/${id}/0/${randomUUID()}/0000000000000000`, Buffer.from('journal'));
    await database.pool.query(`update spectrum_job set status = 'finished' where id = $1`, [id]);
    expect(await removeStaleStates(store, database)).toBe(1);
    expect(await store.list('states/')).toEqual([]);
  });
});
