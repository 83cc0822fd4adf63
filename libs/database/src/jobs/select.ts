/** The rows of jobs and parts as this package hands them out, seen with the access that asks. */
import { and, asc, eq, getTableColumns, type SQL } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { spectrumJob, spectrumPart } from '../schema/spectrumJob.ts';
import { worker } from '../schema/worker.ts';
import type { SpectrumJob, SpectrumPart } from './Job.ts';
import type { QueueEntry } from './queue.ts';

export function selectJobs(database: Database, orm: Executor, condition: SQL | undefined) {
  return orm
    .select()
    .from(spectrumJob)
    .where(and(visibleRun(database, spectrumJob.runId), condition))
    .$dynamic();
}

/** Locked until the transaction ends. Throws NOT_FOUND. */
export async function lockJob(database: Database, orm: Executor, id: string): Promise<SpectrumJob> {
  const [job] = await selectJobs(database, orm, eq(spectrumJob.id, id)).for('no key update');
  if (job) return job;
  throw new DatabaseError('NOT_FOUND', `There is no job ${JSON.stringify(id)}.`, { field: ['id'] });
}

export type PartRow = typeof spectrumPart.$inferSelect;

/** In their order. */
export function selectPartRows(orm: Executor, condition: SQL | undefined): Promise<PartRow[]> {
  return orm.select().from(spectrumPart).where(condition).orderBy(asc(spectrumPart.jobId), asc(spectrumPart.index));
}

const {
  result: _result,
  lease: _lease,
  leaseUntil: _leaseUntil,
  queueId: _queueId,
  savedLease: _savedLease,
  savedBytes: _savedBytes,
  ...shown
} = getTableColumns(spectrumPart);

/** Without results and leases; ordered by job and index. */
export function selectParts(orm: Executor, condition: SQL | undefined): Promise<SpectrumPart[]> {
  return orm
    .select({ ...shown, workerName: worker.name })
    .from(spectrumPart)
    .leftJoin(worker, eq(worker.id, spectrumPart.workerId))
    .where(condition)
    .orderBy(asc(spectrumPart.jobId), asc(spectrumPart.index));
}

export function entryOf({ queueId, jobId, index }: PartRow, { request }: SpectrumJob): QueueEntry {
  return { id: queueId, engine: request.engine, jobId, index };
}
