/** A worker: takes parts of spectra from the queue until it is stopped, and sends heartbeats. */
import { setTimeout as sleep } from 'node:timers/promises';
import { jobs, type LeasedPart } from '@ritz/database';
import type { EngineName } from '@ritz/estimation';
import { assemble } from './assemble.ts';
import { isWorthRetrying } from './failure.ts';
import { measureGroup } from './measureGroup.ts';
import { measureJobBlocks } from './measureJobBlocks.ts';
import { LostLeaseError, PartExecution } from './PartExecution.ts';
import { removeStaleStates } from './SavedState.ts';
import { EngineSlot } from './EngineSlot.ts';
import type { WorkerContext } from './WorkerContext.ts';

export interface WorkOptions {
  /** Shown to people: its host and process. */
  readonly name: string;
  readonly engine: EngineName;
  /** Parts measured at the same time. */
  readonly concurrency: number;
  /** Per part, of a CPU engine; undefined leaves the choice to the engine. */
  readonly threads: number | undefined;
  /** Time without a heartbeat after which other workers take over its parts. */
  readonly leaseSeconds: number;
}

/** Milliseconds between two polls of an empty queue. */
const pollMs = 500;
/** A lease survives five missed heartbeats; there is one at least every five seconds. */
const beatsPerLease = 6;
const maxHeartbeatMs = 5000;
/** Heartbeats between two clean-ups of the queue's tables and the store. */
const tidyEvery = 1000;

/** Runs until the machine's signal aborts; unfinished parts are returned to the queue. */
export async function work(options: WorkOptions, context: WorkerContext): Promise<void> {
  const { database, signal } = context.machine;
  const { name, engine, concurrency } = options;
  const workerId = await jobs.register(database, { name, engine, concurrency });
  const active = new Map<string, PartExecution>();
  const stopped = new AbortController();
  const beats = sendHeartbeats(workerId, options, active, context, stopped.signal);
  await Promise.all(Array.from({ length: concurrency }, () => takeParts(workerId, options, active, context))).finally(
    () => stopped.abort(),
  );
  await beats;
  await jobs.unregister(database, workerId).catch((error: unknown) => context.log(messageOf(error)));
  signal.throwIfAborted();
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined); // stopping ends the pause
}

/** Renews leases, saves states, stops parts that were cancelled, and reclaims parts of workers that disappeared. */
async function sendHeartbeats(
  workerId: string,
  { leaseSeconds }: WorkOptions,
  active: ReadonlyMap<string, PartExecution>,
  { machine: { database, store }, log }: WorkerContext,
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
        if (!kept.has(run.part.lease) && !run.isFinishing) run.controller.abort(new LostLeaseError());
      }
      const reclaimed = await jobs.reclaim(database);
      if (reclaimed > 0) log(`Reclaimed ${reclaimed} parts from workers that stopped responding.`);
      if (beats % tidyEvery === 0) {
        await jobs.tidyQueue(database);
        // Not awaited: a store may be slow, and heartbeats must not be.
        removeStaleStates(store, database).catch((error: unknown) => log(messageOf(error)));
      }
    } catch (error) {
      log(messageOf(error)); // the lease survives until the next heartbeat
    }
    await pause(beatMs, signal);
  }
}

async function takeParts(
  workerId: string,
  { engine, threads, leaseSeconds }: WorkOptions,
  active: Map<string, PartExecution>,
  context: WorkerContext,
): Promise<void> {
  const { database, signal } = context.machine;
  const slot = new EngineSlot(context.machine, threads);
  try {
    while (!signal.aborted) {
      const part = await jobs.take(database, { workerId, engine, leaseSeconds }).catch((error: unknown) => {
        context.log(messageOf(error));
        return null;
      });
      if (part) await executePart(part, slot, active, context);
      else await pause(pollMs, signal);
    }
  } finally {
    await slot.reset();
  }
}

async function executePart(
  part: LeasedPart,
  slot: EngineSlot,
  active: Map<string, PartExecution>,
  context: WorkerContext,
): Promise<void> {
  const { database, signal } = context.machine;
  const run = new PartExecution(part);
  const stop = (): void => run.controller.abort(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  active.set(part.lease, run);
  try {
    await execute(run, slot, context);
  } catch (error) {
    if (error instanceof LostLeaseError) {
      context.log(`${run.title}: taken over by another worker or cancelled.`);
    } else if (signal.aborted) {
      await run.state?.save().catch((failure: unknown) => context.log(messageOf(failure)));
      await context.persist(() => jobs.release(database, part, run.progress.savedBytes));
    } else {
      context.log(`${run.title}: ${messageOf(error)}`);
      await slot.reset();
      await context.persist(() => jobs.fail(database, part, messageOf(error), isWorthRetrying(error)));
    }
  } finally {
    active.delete(part.lease);
    signal.removeEventListener('abort', stop);
    await context.clear(part.lease);
  }
}

function execute(run: PartExecution, slot: EngineSlot, context: WorkerContext): Promise<void> {
  const { job, probeCount } = run.part;
  if (job.request.blocks) return measureJobBlocks(run, slot, context);
  return probeCount > 0 ? measureGroup(run, slot, context) : assemble(run, slot, context);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
