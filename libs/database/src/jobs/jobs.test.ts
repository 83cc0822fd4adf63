import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../connection/Database.ts';
import { openDatabase } from '../connection/openDatabase.ts';
import * as runs from '../runs/index.ts';
import { testDatabase, type TestDatabase } from '../testing.ts';
import { exampleRun } from '../testing/examples.ts';
import * as jobs from './index.ts';
import type { LeasedPart } from './Job.ts';
import type { PartResult } from './PartResult.ts';
import type { NewSpectrumRequest } from '@ritz/records';

let server: TestDatabase;
let database: Database;
let runId: string;
let worker: string;

beforeAll(async () => {
  server = await testDatabase();
  database = server.database;
});
afterAll(() => server.stop());
beforeEach(async () => {
  const { run } = await runs.create(database, exampleRun());
  runId = run.id;
  worker = await jobs.register(database, { name: 'one', engine: 'onnx-cpu', concurrency: 1 });
});
afterEach(async () => {
  await runs.remove(database, runId);
  while (await take()) continue;
});

function wanted(changes: Partial<NewSpectrumRequest> = {}): NewSpectrumRequest {
  const source = { kind: 'checkpoint', checkpoint: 'ab'.repeat(32) } as const;
  return { id: randomUUID(), runId, step: 10, source, probes: 5, probeGroups: [3, 2], ...changes };
}

function take(leaseSeconds = 60): Promise<LeasedPart | null> {
  return jobs.take(database, { workerId: worker, engine: 'onnx-cpu', leaseSeconds });
}

async function taken(leaseSeconds?: number): Promise<LeasedPart> {
  const part = await take(leaseSeconds);
  if (part) return part;
  throw new Error('Nothing was due.');
}

function resultOf({ firstProbe, probeCount }: LeasedPart): PartResult {
  const probes = Array.from({ length: probeCount }, (_, i) => ({
    index: firstProbe + i,
    seed: 7,
    alpha: [0.1 + 0.2, -1e-310],
    beta: [1 / 3, 5e-324],
  }));
  return { probes, seconds: 1 };
}

async function statusOf(id: string): Promise<string> {
  const [job] = await jobs.byIds(database, [id]);
  const [parts = []] = await jobs.parts(database, [id]);
  return `${String(job?.status)}: ${parts.map(({ status }) => status).join(' ')}`;
}

/** The clock of the database is not waited for: what is due later is made due now. */
async function makeDue(): Promise<void> {
  await database.pool.query(`update ritz_queue.job set start_after = now() - interval '1 s' where state = 'retry'`);
}

describe('a new database', () => {
  it('may be asked for its queues by many processes at once', async () => {
    const fresh = await testDatabase();
    // Connections of their own, as processes have.
    const others = await Promise.all(Array.from({ length: 6 }, () => openDatabase(fresh.url, { connections: 1 })));
    try {
      const workerId = await jobs.register(fresh.database, { name: 'six', engine: 'onnx-cpu', concurrency: 6 });
      const take = (other: Database, engine: string): Promise<LeasedPart | null> =>
        jobs.take(other, { workerId, engine, leaseSeconds: 60 });
      for (const engine of ['onnx-cpu', 'onnx-cuda', 'tfjs-wasm']) {
        expect(await Promise.all(others.map((other) => take(other, engine)))).toEqual(Array(6).fill(null));
      }
    } finally {
      for (const other of others) await other.close();
      await fresh.stop();
    }
  });
});

describe('a spectrum that is asked for', () => {
  it('is handed out in groups of probes, then to be assembled, with what they measured to the last bit', async () => {
    const { job, created } = await jobs.request(database, wanted());
    expect([created, await statusOf(job.id)]).toEqual([true, 'queued: queued queued queued']);
    const [first, second] = [await taken(), await taken()];
    expect([first.firstProbe, first.probeCount, second.firstProbe, second.probeCount]).toEqual([0, 3, 3, 2]);
    expect(await take()).toBeNull();
    expect(await jobs.finishGroup(database, second, resultOf(second), 20)).toBe(true);
    expect(await take()).toBeNull();
    expect(await jobs.finishGroup(database, first, resultOf(first), 10)).toBe(true);
    expect(await statusOf(job.id)).toBe('running: finished finished queued');
    const assembly = await taken();
    expect(assembly.groups).toEqual([
      { index: 0, firstProbe: 0, probeCount: 3, result: resultOf(first), saved: { lease: first.lease, bytes: 10 } },
      { index: 1, firstProbe: 3, probeCount: 2, result: resultOf(second), saved: { lease: second.lease, bytes: 20 } },
    ]);
    expect(await jobs.finishAssembly(database, assembly)).toBe(true);
    expect(await jobs.finishAssembly(database, assembly)).toBe(false);
    expect(await statusOf(job.id)).toBe('finished: finished finished finished');
  });

  it('is asked for once, however often it is sent; something else under its id is refused', async () => {
    const request = wanted();
    await jobs.request(database, request);
    expect((await jobs.request(database, { ...request, lanczosSteps: 90 })).created).toBe(false);
    await expect(jobs.request(database, { ...request, seed: 2 })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('another seed'),
    });
    expect([await take(), await take(), await take()].map((part) => part?.index)).toEqual([0, 1, undefined]);
  });

  it.each<[string, Partial<NewSpectrumRequest>, string]>([
    [
      'groups of other probes',
      { probeGroups: [3, 3] },
      'probeGroups: expected a sum of 5, the number of probes, got 6.',
    ],
    ['no SHA-256', { source: { kind: 'checkpoint', checkpoint: 'abc' } }, 'source.checkpoint: expected a SHA-256'],
    ['an engine that is none', { engine: 'abacus' as never }, 'tfjs-webgpu or tfjs-wasm, got "abacus"'],
    ['a run that is not there', { runId: randomUUID() }, 'There is no run'],
  ])('is refused with %s', async (_, changes, message) => {
    await expect(jobs.request(database, wanted(changes))).rejects.toThrow(message);
  });

  it('splits its probes evenly, four at a time, unless it is said how', async () => {
    const { job } = await jobs.request(database, wanted({ probes: 10, probeGroups: null }));
    expect(job.request.probeGroups).toEqual([4, 3, 3]);
  });
});

describe('leases', () => {
  it('are kept by heartbeats, and pass on with the saved state when these end', async () => {
    const { job } = await jobs.request(database, wanted({ probeGroups: [5] }));
    const lost = await taken(0.2);
    const progress = { lease: lost.lease, stepsDone: 4, resumedFrom: null, savedBytes: 99 };
    expect(await jobs.heartbeat(database, worker, [progress], 60)).toEqual(new Set([lost.lease]));
    expect(await jobs.reclaim(database)).toBe(0);
    await jobs.heartbeat(database, worker, [progress], 0);
    expect(await jobs.reclaim(database)).toBe(1);
    expect([await jobs.reclaim(database), await take()]).toEqual([0, null]);
    await makeDue();
    const again = await taken();
    expect(again).toMatchObject({ attempts: 2, saved: { lease: lost.lease, bytes: 99 } });
    expect(await jobs.heartbeat(database, worker, [progress], 60)).toEqual(new Set());
    expect(await jobs.fail(database, lost, 'too late', true)).toBe(false);
    expect(await statusOf(job.id)).toBe('running: running queued');
  });

  it('that were lost may still bring results: the first are taken, once', async () => {
    const { job } = await jobs.request(database, wanted({ probeGroups: [5] }));
    const lost = await taken(0);
    await jobs.reclaim(database);
    await makeDue();
    const again = await taken();
    expect(await jobs.finishGroup(database, lost, resultOf(lost), null, 3)).toBe(true);
    expect((await jobs.parts(database, [lost.job.id]))[0]?.[lost.index]?.resumedFrom).toBe(3);
    expect(
      await jobs.heartbeat(
        database,
        worker,
        [{ lease: again.lease, stepsDone: 1, resumedFrom: null, savedBytes: null }],
        60,
      ),
    ).toEqual(new Set());
    expect(await jobs.finishGroup(database, again, resultOf(again), 5)).toBe(false);
    expect(await statusOf(job.id)).toBe('running: finished queued');
    expect([(await taken()).probeCount, await take()]).toEqual([0, null]);
  });

  it('are given back by a worker that stops, to be taken at once', async () => {
    await jobs.request(database, wanted({ probeGroups: [5] }));
    expect(await jobs.release(database, await taken())).toBe(true);
    expect(await taken()).toMatchObject({ attempts: 2, index: 0 });
  });
});

describe('failures', () => {
  it('are tried again later and later, then put aside until somebody wants them again', async () => {
    const { job } = await jobs.request(database, wanted({ probeGroups: [5] }));
    for (let attempt = 1; attempt <= 8; attempt++) {
      await makeDue();
      expect(await jobs.fail(database, await taken(), `attempt ${attempt} failed`, true)).toBe(true);
      expect(await take()).toBeNull();
    }
    const [failed] = await jobs.byIds(database, [job.id]);
    expect(failed).toMatchObject({ status: 'failed', failure: 'attempt 8 failed' });
    const dead = await database.pool.query(
      `select 1 from ritz_queue.job where name = 'spectra-given-up' and data->>'jobId' = $1`,
      [job.id],
    );
    expect(dead.rowCount).toBe(1);
    expect((await jobs.retry(database, job.id)).status).toBe('queued');
    expect(await taken()).toMatchObject({ attempts: 9 });
  });

  it('that would end the same way again are put aside at once', async () => {
    const { job } = await jobs.request(database, wanted());
    await jobs.fail(database, await taken(), 'no engine can', false);
    expect(await statusOf(job.id)).toBe('failed: failed queued queued');
    await jobs.retry(database, job.id);
    const indexes = [(await taken()).index, (await taken()).index].sort();
    expect([indexes, await take()]).toEqual([[0, 1], null]);
  });

  it('a cancelled job is taken by nobody, loses its leases, and can be taken up again', async () => {
    const { job } = await jobs.request(database, wanted());
    const part = await taken();
    expect((await jobs.cancel(database, job.id)).status).toBe('cancelled');
    expect(await take()).toBeNull();
    const progress = { lease: part.lease, stepsDone: 1, resumedFrom: null, savedBytes: null };
    expect(await jobs.heartbeat(database, worker, [progress], 60)).toEqual(new Set());
    expect(await jobs.finishGroup(database, part, resultOf(part), null)).toBe(false);
    await jobs.retry(database, job.id);
    for (let left = 2; left > 0; left--) {
      const next = await taken();
      await jobs.finishGroup(database, next, resultOf(next), null);
    }
    await jobs.finishAssembly(database, await taken());
    await expect(jobs.cancel(database, job.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(jobs.retry(database, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what is shown', () => {
  it('is pages of jobs, how many parts wait, and who works', async () => {
    const ids: string[] = [];
    for (let step = 0; step < 3; step++) ids.unshift((await jobs.request(database, wanted({ step }))).job.id);
    await taken();
    const first = await jobs.list(database, { first: 2 });
    const rest = await jobs.list(database, { first: 2, after: first.cursors[1] ?? null });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect((await jobs.list(database, { status: 'running' })).totalCount).toBe(1);
    expect(await jobs.depth(database)).toMatchObject({ queued: 8, running: 1, failed: 0 });
    const [newest] = await jobs.workers(database);
    expect(newest).toMatchObject({ id: worker, alive: true, running: 1 });
    await jobs.unregister(database, worker);
    expect((await jobs.workers(database))[0]).toMatchObject({ alive: false });
  });
});
