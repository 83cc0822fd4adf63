/** Cancels jobs, and takes up again those that failed or were cancelled. */
import { randomUUID } from 'node:crypto';
import { and, eq, inArray, ne, sql, type SQL } from 'drizzle-orm';
import { requireScope } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { clientTransaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { requireUuid } from '../input/require.ts';
import { spectrumJob, spectrumPart } from '../schema/spectrumJob.ts';
import type { SpectrumJob } from './Job.ts';
import { queueOf } from './queue.ts';
import { entryOf, lockJob, selectPartRows } from './select.ts';

/**
 * Whoever works on it is told at its next heartbeat. What was measured of it is kept for `retry`; a job that ended stays as it is.
 * @throws DatabaseError FORBIDDEN without WRITE; NOT_FOUND; CONFLICT when it is finished.
 */
export async function cancel(database: Database, id: string): Promise<SpectrumJob> {
  requireScope(database, 'write');
  const key = requireUuid(id, ['id']);
  return clientTransaction(database, async (orm, client) => {
    const job = await lockJob(database, orm, key);
    if (job.status === 'finished') throw ended(job, 'cancelled');
    if (job.status === 'cancelled') return job;
    const queue = await queueOf(database, job.request.engine);
    const open = and(eq(spectrumPart.jobId, key), inArray(spectrumPart.status, ['queued', 'running', 'failed']));
    for (const part of await selectPartRows(orm, open)) await queue.cancel(client, entryOf(part, job));
    await orm.update(spectrumPart).set({ status: 'cancelled', lease: null, leaseUntil: null }).where(open);
    return update(orm, key, { status: 'cancelled', failure: null, finishedAt: sql`now()` });
  });
}

/**
 * Puts what is not finished of a failed or cancelled job back into the queue, with as many attempts as a new one; a job that waits or
 * runs stays as it is. @throws DatabaseError FORBIDDEN without WRITE; NOT_FOUND; CONFLICT when it is finished.
 */
export async function retry(database: Database, id: string): Promise<SpectrumJob> {
  requireScope(database, 'write');
  const key = requireUuid(id, ['id']);
  return clientTransaction(database, async (orm, client) => {
    const job = await lockJob(database, orm, key);
    if (job.status === 'finished') throw ended(job, 'retried');
    if (job.status !== 'failed' && job.status !== 'cancelled') return job;
    const queue = await queueOf(database, job.request.engine);
    const open = await selectPartRows(orm, and(eq(spectrumPart.jobId, key), ne(spectrumPart.status, 'finished')));
    // The assembly follows when the groups before it are done.
    const due = open.filter(({ probeCount }) => probeCount > 0 || open.length === 1);
    for (const part of open) {
      if (part.status === 'running' || (part.status === 'queued' && !due.includes(part))) continue;
      if (part.status === 'queued') await queue.cancel(client, entryOf(part, job));
      const queueId = randomUUID();
      await orm
        .update(spectrumPart)
        .set({ status: 'queued', queueId, failure: null, lease: null, leaseUntil: null })
        .where(and(eq(spectrumPart.jobId, key), eq(spectrumPart.index, part.index)));
      if (due.includes(part)) await queue.add(client, [entryOf({ ...part, queueId }, job)]);
    }
    return update(orm, key, { status: 'queued', failure: null, finishedAt: null });
  });
}

function ended({ id }: SpectrumJob, what: string): DatabaseError {
  return new DatabaseError('CONFLICT', `Job ${id} is finished, so that it cannot be ${what}.`, { field: ['id'] });
}

async function update(
  orm: Parameters<typeof lockJob>[1],
  id: string,
  values: Pick<SpectrumJob, 'status' | 'failure'> & { readonly finishedAt: SQL | null },
): Promise<SpectrumJob> {
  const [job] = await orm.update(spectrumJob).set(values).where(eq(spectrumJob.id, id)).returning();
  if (job) return job;
  throw new DatabaseError('NOT_FOUND', `There is no job ${JSON.stringify(id)}.`, { field: ['id'] });
}
