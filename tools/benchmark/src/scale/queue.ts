/** The queue without the computing: how many parts PostgreSQL carries through from request to result. */
import { randomUUID } from 'node:crypto';
import { jobs, runs, type Database } from '@ritz/database';

export interface QueueRate {
  /** Milliseconds of one client. */
  readonly perPart: number;
  readonly perSecond: number;
}

/** α and β of five probes of 90 steps: one part of a spectrum of the paper's size. */
const probes = Array.from({ length: 5 }, (_, index) => ({
  ...{ index, seed: 1 },
  alpha: Array.from({ length: 90 }, (_unused, i) => Math.sin(i + index)),
  beta: Array.from({ length: 90 }, (_unused, i) => Math.cos(i + index)),
}));

/** So many clients at once ask for, take and finish parts that cost nothing to measure. */
export async function measureQueue(database: Database, clients: number, parts: number): Promise<QueueRate> {
  const { run } = await runs.create(database, {
    ...{ id: randomUUID(), name: 'queue', architecture: 'none', dataset: 'none', optimiser: 'none', seed: 1 },
    schedule: { kind: 'constant', initial: 1 },
  });
  const workerId = await jobs.register(database, { name: 'benchmark', engine: 'tfjs-wasm', concurrency: clients });
  const each = Math.ceil(parts / clients);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let i = 0; i < each; i++) await carryThrough(database, run.id, workerId, client * each + i);
    }),
  );
  const milliseconds = performance.now() - started;
  await jobs.unregister(database, workerId);
  return { perPart: (milliseconds * clients) / (each * clients), perSecond: (1000 * each * clients) / milliseconds };
}

/** Looks of so many clients at an empty queue, a second: what workers do while they have nothing to do. */
export async function measureLooks(database: Database, clients: number, looks: number): Promise<number> {
  const workerId = await jobs.register(database, { name: 'benchmark', engine: 'tfjs-wasm', concurrency: clients });
  const each = Math.ceil(looks / clients);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let i = 0; i < each; i++) await jobs.take(database, { workerId, engine: 'tfjs-wasm', leaseSeconds: 60 });
    }),
  );
  const milliseconds = performance.now() - started;
  await jobs.unregister(database, workerId);
  return (1000 * each * clients) / milliseconds;
}

/** One of an engine that no worker of this benchmark has. */
async function carryThrough(database: Database, runId: string, workerId: string, step: number): Promise<void> {
  await jobs.request(database, {
    ...{ id: randomUUID(), runId, step, engine: 'tfjs-wasm', probes: 5, probeGroups: [5] },
    source: { kind: 'checkpoint', checkpoint: '0'.repeat(64) },
  });
  const part = await jobs.take(database, { workerId, engine: 'tfjs-wasm', leaseSeconds: 60 });
  if (!part) return;
  const progress = { lease: part.lease, stepsDone: 45, resumedFrom: null, savedBytes: null };
  await jobs.heartbeat(database, workerId, [progress], 60);
  if (part.probeCount > 0) await jobs.finishGroup(database, part, { probes, seconds: 0 }, null);
  else await jobs.finishAssembly(database, part);
}
