/** A worker: takes parts of spectra as long as it is not told to stop, and says that it lives. */
import { setTimeout as sleep } from 'node:timers/promises';
import { jobs, type LeasedPart } from '@ritz/database';
import type { EngineName } from '@ritz/estimation';
import { assemble } from './assemble.ts';
import { isWorthRetrying } from './failure.ts';
import { measureGroup } from './measure-group.ts';
import { LostLeaseError, PartRun } from './PartRun.ts';
import { removeStaleStates } from './SavedState.ts';
import { Slot } from './Slot.ts';
import type { Workshop } from './Workshop.ts';

export interface WorkOptions {
  /** For people, such as its machine and process. */
  readonly name: string;
  readonly engine: EngineName;
  /** Parts at a time. */
  readonly concurrency: number;
  /** Of a CPU engine, for each part; the engine's own choice unless given. */
  readonly threads: number | undefined;
  /** After so long without a heartbeat its work goes to others. */
  readonly leaseSeconds: number;
}

/** Milliseconds between two looks at an empty queue. */
const pollMs = 500;
/** A lease outlives five heartbeats that do not come; there is one every five seconds at least. */
const beatsPerLease = 6;
const maxHeartbeatMs = 5000;
/** Heartbeats between two tidyings of the queue's tables and of the store. */
const tidyEvery = 1000;

/** Until the machine's signal aborts; what it has not finished then is given back. */
export async function work(options: WorkOptions, workshop: Workshop): Promise<void> {
  const { database, signal } = workshop.machine;
  const { name, engine, concurrency } = options;
  const workerId = await jobs.register(database, { name, engine, concurrency });
  const active = new Map<string, PartRun>();
  const stopped = new AbortController();
  const beats = beat(workerId, options, active, workshop, stopped.signal);
  await Promise.all(Array.from({ length: concurrency }, () => serve(workerId, options, active, workshop))).finally(() =>
    stopped.abort(),
  );
  await beats;
  await jobs.unregister(database, workerId).catch((error: unknown) => workshop.log(messageOf(error)));
  signal.throwIfAborted();
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined); // stopping ends the pause
}

/** Keeps the leases of what is measured, saves its state, stops what is wanted no more, and frees what others left behind. */
async function beat(
  workerId: string,
  { leaseSeconds }: WorkOptions,
  active: ReadonlyMap<string, PartRun>,
  { machine: { database, store }, log }: Workshop,
  signal: AbortSignal,
): Promise<void> {
  const beatMs = Math.min(maxHeartbeatMs, (1000 * leaseSeconds) / beatsPerLease);
  for (let beats = 0; !signal.aborted; beats++) {
    const runs = [...active.values()];
    for (const run of runs) run.state?.save().catch((error: unknown) => run.controller.abort(error));
    try {
      const kept = await jobs.heartbeat(
        database,
        workerId,
        runs.map(({ progress }) => progress),
        leaseSeconds,
      );
      for (const run of runs) {
        if (!kept.has(run.part.lease) && !run.finishing) run.controller.abort(new LostLeaseError());
      }
      const reclaimed = await jobs.reclaim(database);
      if (reclaimed > 0) log(`Took back ${reclaimed} parts of workers that stopped answering.`);
      if (beats % tidyEvery === 0) {
        await jobs.tidyQueue(database);
        // Not waited for: a store may be slow, and heartbeats must not be.
        removeStaleStates(store, database).catch((error: unknown) => log(messageOf(error)));
      }
    } catch (error) {
      log(messageOf(error)); // the next beat comes soon, and a lease outlives this one
    }
    await pause(beatMs, signal);
  }
}

async function serve(
  workerId: string,
  { engine, threads, leaseSeconds }: WorkOptions,
  active: Map<string, PartRun>,
  workshop: Workshop,
): Promise<void> {
  const { database, signal } = workshop.machine;
  const slot = new Slot(workshop.machine, threads);
  try {
    while (!signal.aborted) {
      const part = await jobs.take(database, { workerId, engine, leaseSeconds }).catch((error: unknown) => {
        workshop.log(messageOf(error));
        return null;
      });
      if (part) await carryOut(part, slot, active, workshop);
      else await pause(pollMs, signal);
    }
  } finally {
    await slot.reset();
  }
}

async function carryOut(part: LeasedPart, slot: Slot, active: Map<string, PartRun>, workshop: Workshop): Promise<void> {
  const { database, signal } = workshop.machine;
  const run = new PartRun(part);
  const stop = (): void => run.controller.abort(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  active.set(part.lease, run);
  try {
    await (part.probeCount > 0 ? measureGroup(run, slot, workshop) : assemble(run, slot, workshop));
  } catch (error) {
    if (error instanceof LostLeaseError) {
      workshop.log(`${run.title}: left to others.`);
    } else if (signal.aborted) {
      await run.state?.save().catch((failure: unknown) => workshop.log(messageOf(failure)));
      await workshop.persist(() => jobs.release(database, part, run.progress.savedBytes));
    } else {
      workshop.log(`${run.title}: ${messageOf(error)}`);
      await slot.reset();
      await workshop.persist(() => jobs.fail(database, part, messageOf(error), isWorthRetrying(error)));
    }
  } finally {
    active.delete(part.lease);
    signal.removeEventListener('abort', stop);
    await workshop.clear(part.lease);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
