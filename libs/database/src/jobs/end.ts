/** How parts end: measured, failed, given back. What a part measured is taken once, from whoever brings it first. */
import { and, eq, lt, ne, sql } from 'drizzle-orm';
import type { PoolClient } from 'pg';
import type { Database, Executor } from '../connection/Database.ts';
import { clientTransaction } from '../connection/execute.ts';
import { spectrumJob, spectrumPart } from '../schema/spectrumJob.ts';
import type { LeasedPart, SpectrumJob } from './Job.ts';
import type { PartResult } from './PartResult.ts';
import { queueOf, type Queue } from './queue.ts';
import { entryOf, selectPartRows, type PartRow } from './select.ts';

export interface Held {
  readonly jobId: string;
  readonly index: number;
  readonly lease: string | null;
  /** Nothing happens unless its lease ran out. */
  readonly onlyOverdue?: boolean;
}

interface Locked {
  readonly job: SpectrumJob;
  readonly part: PartRow;
  readonly queue: Queue;
}

/** The part and its job, locked; `null` when either is gone. Every writer locks the job first, so that none waits in a circle. */
async function lockPart(database: Database, orm: Executor, { jobId, index }: Held): Promise<Locked | null> {
  const [job] = await orm.select().from(spectrumJob).where(eq(spectrumJob.id, jobId)).for('no key update');
  if (!job) return null;
  const [part] = await selectPartRows(orm, and(eq(spectrumPart.jobId, jobId), eq(spectrumPart.index, index)));
  return part ? { job, part, queue: await queueOf(database, job.request.engine) } : null;
}

/**
 * Takes in what a group of probes measured. A lease that was lost meanwhile does not matter: the same probes of the same model give
 * the same numbers, and the first that come are kept. After the last group the assembly enters the queue.
 * @param savedBytes length of its final state in the store, saved under the lease.
 * @param resumedFrom the Lanczos step that it went on from, which no heartbeat may have told; `null` = the beginning.
 * @returns false when the part was done already, or is wanted no more.
 */
export async function finishGroup(
  database: Database,
  leased: LeasedPart,
  result: PartResult,
  savedBytes: number | null,
  resumedFrom: number | null = null,
): Promise<boolean> {
  return clientTransaction(database, async (orm, client) => {
    const locked = await lockPart(database, orm, heldBy(leased));
    if (!locked || !isWanted(locked)) return false;
    const saved = savedBytes === null ? {} : { savedLease: leased.lease, savedBytes };
    const stepsDone = Math.max(...result.probes.map(({ alpha }) => alpha.length));
    await markFinished(orm, client, locked, { result, stepsDone, resumedFrom, ...saved });
    const { job, queue } = locked;
    const open = await selectPartRows(orm, and(eq(spectrumPart.jobId, job.id), ne(spectrumPart.status, 'finished')));
    const [assembly, ...groups] = open.toReversed();
    if (assembly && groups.length === 0) await queue.add(client, [entryOf(assembly, job)]);
    return true;
  });
}

/** The spectrum is recorded: ends the job. @returns false when it had ended. */
export async function finishAssembly(database: Database, leased: LeasedPart): Promise<boolean> {
  return clientTransaction(database, async (orm, client) => {
    const locked = await lockPart(database, orm, heldBy(leased));
    if (!locked || !isWanted(locked)) return false;
    await markFinished(orm, client, locked, {});
    await endJob(orm, locked.job.id, 'finished', null);
    return true;
  });
}

/**
 * A part could not be measured: it goes back to the queue for a later attempt, or is given up with its job when there were enough,
 * or another would end the same way. @returns false when the lease was lost and somebody else sees to it.
 */
export async function fail(
  database: Database,
  leased: LeasedPart,
  message: string,
  worthRetrying: boolean,
): Promise<boolean> {
  return clientTransaction(database, (orm, client) =>
    failPart(database, orm, client, heldBy(leased), message, worthRetrying),
  );
}

export async function failPart(
  database: Database,
  orm: Executor,
  client: PoolClient,
  held: Held,
  message: string,
  worthRetrying: boolean,
): Promise<boolean> {
  const locked = await lockPart(database, orm, held);
  if (!locked || !(await isHeld(orm, locked, held))) return false;
  const { job, part, queue } = locked;
  const entry = entryOf(part, job);
  const again = worthRetrying && (await queue.fail(client, entry, message));
  if (!worthRetrying) await queue.giveUp(client, entry);
  const status = again ? 'queued' : 'failed';
  await orm
    .update(spectrumPart)
    .set({ ...freed, status, failure: message })
    .where(isPart(part));
  if (!again) await endJob(orm, job.id, 'failed', message);
  return true;
}

/**
 * A worker that stops gives back what it has not finished: another may take it at once. @param savedBytes as of `finishGroup`.
 * @returns false when the lease was lost.
 */
export async function release(
  database: Database,
  leased: LeasedPart,
  savedBytes: number | null = null,
): Promise<boolean> {
  return clientTransaction(database, async (orm, client) => {
    const held = heldBy(leased);
    const locked = await lockPart(database, orm, held);
    if (!locked || !(await isHeld(orm, locked, held))) return false;
    await locked.queue.release(client, entryOf(locked.part, locked.job));
    const saved = savedBytes === null ? {} : { savedLease: leased.lease, savedBytes };
    await orm
      .update(spectrumPart)
      .set({ ...freed, ...saved, status: 'queued' })
      .where(isPart(locked.part));
    return true;
  });
}

const freed = { lease: null, leaseUntil: null, workerId: null } as const;

function heldBy({ job, index, lease }: LeasedPart): Held {
  return { jobId: job.id, index, lease };
}

function isPart({ jobId, index }: PartRow) {
  return and(eq(spectrumPart.jobId, jobId), eq(spectrumPart.index, index));
}

function isWanted({ job, part }: Locked): boolean {
  return part.status !== 'finished' && job.status !== 'cancelled';
}

async function isHeld(orm: Executor, { part }: Locked, { lease, onlyOverdue = false }: Held): Promise<boolean> {
  const overdue = onlyOverdue ? lt(spectrumPart.leaseUntil, sql`now()`) : undefined;
  if (lease === null) return false;
  const held = and(isPart(part), eq(spectrumPart.lease, lease), eq(spectrumPart.status, 'running'), overdue);
  return (await selectPartRows(orm, held)).length > 0;
}

async function markFinished(
  orm: Executor,
  client: PoolClient,
  { job, part, queue }: Locked,
  values: Partial<PartRow>,
): Promise<void> {
  await queue.complete(client, entryOf(part, job));
  await orm
    .update(spectrumPart)
    .set({ lease: null, leaseUntil: null, status: 'finished', failure: null, finishedAt: sql`now()`, ...values })
    .where(isPart(part));
}

async function endJob(orm: Executor, id: string, status: 'finished' | 'failed', failure: string | null): Promise<void> {
  await orm
    .update(spectrumJob)
    .set({ status, failure, finishedAt: sql`now()` })
    .where(eq(spectrumJob.id, id));
}
