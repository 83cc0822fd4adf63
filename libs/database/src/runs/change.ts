/** What can happen to a run after its creation: it ends, is archived, is removed. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { isUuid } from '../input/uuid.ts';
import { run, type RunStatus } from '../schema/run.ts';
import { get, runNotFound } from './find.ts';
import type { Run } from './Run.ts';

/**
 * Ends a run. The same status again changes nothing; an interrupted run may still finish or fail, for it can be resumed.
 * @throws DatabaseError NOT_FOUND; CONFLICT when it ended otherwise; INVALID for RUNNING.
 */
export async function finish(database: Database, id: string, status: RunStatus = 'FINISHED'): Promise<Run> {
  if (status === 'RUNNING') {
    throw new DatabaseError('INVALID', 'status is RUNNING; FINISHED, FAILED or INTERRUPTED is expected.', {
      field: ['status'],
    });
  }
  if (!isUuid(id)) throw runNotFound(id);
  const open: RunStatus[] = status === 'INTERRUPTED' ? ['RUNNING'] : ['RUNNING', 'INTERRUPTED'];
  await query(database, (orm) =>
    orm
      .update(run)
      .set({ status, finishedAt: sql`now()` })
      .where(and(eq(run.id, id), inArray(run.status, open))),
  );
  const ended = await get(database, id);
  if (ended.status === status) return ended;
  throw new DatabaseError('CONFLICT', `Run ${id} ended as ${ended.status} already; it cannot end as ${status}.`, {
    field: ['status'],
  });
}

/** Puts a run out of sight, or back. Throws NOT_FOUND. */
export async function archive(database: Database, id: string, archived = true): Promise<Run> {
  if (!isUuid(id)) throw runNotFound(id);
  await query(database, (orm) => orm.update(run).set({ archived }).where(eq(run.id, id)));
  return get(database, id);
}

/** Removes a run with its steps, spectra, probes and overlaps. False when there was none. */
export async function remove(database: Database, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const removed = await query(database, (orm) => orm.delete(run).where(eq(run.id, id)).returning({ id: run.id }));
  return removed.length === 1;
}
