/** A worker takes the next part: out of the queue and into its hands in one transaction, so that it is never nobody's. */
import { and, eq, sql } from 'drizzle-orm';
import type { PoolClient } from 'pg';
import type { Database, Executor } from '../connection/Database.ts';
import { clientTransaction } from '../connection/execute.ts';
import { spectrumJob, spectrumPart } from '../schema/spectrumJob.ts';
import type { FinishedGroup, LeasedPart } from './Job.ts';
import { leaseEnd } from './lease.ts';
import { queueOf, type Queue, type QueueEntry } from './queue.ts';
import { selectPartRows, type PartRow } from './select.ts';

export interface TakeOptions {
  readonly workerId: string;
  readonly engine: string;
  /** Until the next heartbeat must have come. */
  readonly leaseSeconds: number;
}

/** The next part for an engine; `null` when none is due. Throws UNREACHABLE. */
export async function take(database: Database, options: TakeOptions): Promise<LeasedPart | null> {
  const queue = await queueOf(database, options.engine);
  for (;;) {
    const taken = await clientTransaction(database, async (orm, client) => {
      const entry = await queue.next(client, options.engine);
      return entry && lease(orm, client, queue, entry, options);
    });
    // An entry of a job that was deleted, cancelled or is done already is gone now: look at the next.
    if (taken !== 'stale') return taken;
  }
}

async function lease(
  orm: Executor,
  client: PoolClient,
  queue: Queue,
  entry: QueueEntry,
  { workerId, leaseSeconds }: TakeOptions,
): Promise<LeasedPart | 'stale' | null> {
  const { jobId, index } = entry;
  // Never waited for: who holds the job may be waiting for the entry that is held here.
  const ofJob = eq(spectrumJob.id, jobId);
  const [job] = await orm.select().from(spectrumJob).where(ofJob).for('no key update', { skipLocked: true });
  if (!job && (await orm.select({ id: spectrumJob.id }).from(spectrumJob).where(ofJob)).length > 0) {
    await queue.release(client, entry);
    return null;
  }
  const [part] = job
    ? await orm
        .update(spectrumPart)
        .set({
          status: 'running',
          attempts: sql`${spectrumPart.attempts} + 1`,
          lease: sql`gen_random_uuid()`,
          leaseUntil: leaseEnd(leaseSeconds),
          workerId,
          startedAt: sql`now()`,
          stepsDone: 0,
          resumedFrom: null,
        })
        .where(
          and(
            eq(spectrumPart.jobId, jobId),
            eq(spectrumPart.index, index),
            eq(spectrumPart.queueId, entry.id),
            eq(spectrumPart.status, 'queued'),
          ),
        )
        .returning()
    : [];
  if (!job || !part?.lease) {
    await queue.complete(client, entry);
    return 'stale';
  }
  await orm
    .update(spectrumJob)
    .set({ status: 'running' })
    .where(and(eq(spectrumJob.id, jobId), eq(spectrumJob.status, 'queued')));
  const { firstProbe, probeCount, attempts } = part;
  const groups = probeCount > 0 ? [] : await finishedGroups(orm, jobId);
  return { lease: part.lease, job, index, firstProbe, probeCount, attempts, saved: savedOf(part), groups };
}

async function finishedGroups(orm: Executor, jobId: string): Promise<FinishedGroup[]> {
  const rows = await selectPartRows(orm, eq(spectrumPart.jobId, jobId));
  return rows.flatMap(({ result, ...row }) => {
    const { index, firstProbe, probeCount } = row;
    return result && probeCount > 0 ? [{ index, firstProbe, probeCount, result, saved: savedOf(row) }] : [];
  });
}

function savedOf({ savedLease, savedBytes }: Pick<PartRow, 'savedLease' | 'savedBytes'>): LeasedPart['saved'] {
  return savedLease !== null && savedBytes !== null ? { lease: savedLease, bytes: savedBytes } : null;
}
