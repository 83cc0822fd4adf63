/** What can happen to a run after its creation: it ends, is edited, archived, removed. */
import { isUuid, runEditSchema, tagsSchema, type RunEdit, type RunEnding, type RunStatus } from '@ritz/records';
import { and, eq, inArray, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { requireScope, visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { parse } from '../input/parse.ts';
import { run } from '../schema/run.ts';
import { get, runNotFound } from './find.ts';
import type { Run } from './Run.ts';

export interface FinishedRun {
  readonly run: Run;
  /** False when it had ended so already. */
  readonly changed: boolean;
}

/** The statuses that each end can follow. */
const openTo: Readonly<Record<RunEnding, readonly RunStatus[]>> = {
  finished: ['running', 'interrupted'],
  failed: ['running', 'interrupted'],
  interrupted: ['running'],
};

/**
 * Ends a run. The same status again changes nothing; an interrupted run may still finish or fail, for it can be resumed.
 * @param at when it ended; now, unless it ended elsewhere before.
 * @throws DatabaseError FORBIDDEN; NOT_FOUND; CONFLICT when it ended otherwise; INVALID for running.
 */
export async function finish(
  database: Database,
  id: string,
  status: RunStatus = 'finished',
  at?: Date,
): Promise<FinishedRun> {
  if (status === 'running') {
    throw new DatabaseError('INVALID', 'status: expected finished, failed or interrupted, got running.', {
      field: ['status'],
    });
  }
  const open = [...openTo[status]];
  const changed = await update(database, id, { status, finishedAt: at ?? sql`now()` }, inArray(run.status, open));
  const ended = await get(database, id);
  if (ended.status === status) return { run: ended, changed };
  throw new DatabaseError('CONFLICT', `Run ${id} ended as ${ended.status} already; it cannot end as ${status}.`, {
    field: ['status'],
  });
}

/**
 * Changes name, notes, tags or whether the run is archived; what is left out stays.
 * @throws DatabaseError FORBIDDEN; NOT_FOUND; INVALID naming the field.
 */
export async function edit(database: Database, id: string, changes: RunEdit): Promise<Run> {
  const { archived, ...said } = parse(runEditSchema, changes);
  const set = Object.fromEntries(Object.entries({ ...said, archived }).filter(([, value]) => value !== undefined));
  const written = Object.values(said).some((value) => value !== undefined);
  await update(database, id, { ...set, ...(written ? { editedAt: sql`now()` } : {}) });
  return get(database, id);
}

/** Archives or restores a run. Throws FORBIDDEN or NOT_FOUND. */
export function archive(database: Database, id: string, archived = true): Promise<Run> {
  return edit(database, id, { archived });
}

/** Adds tags and takes others away, in one statement, so that two people do not undo each other. */
export async function tag(
  database: Database,
  id: string,
  { add = [], remove: gone = [] }: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
): Promise<Run> {
  const [added, removed] = [parse(tagsSchema, add, ['add']), parse(tagsSchema, gone, ['remove'])];
  const tags = sql`array(
    select distinct tag collate "C" from unnest(${run.tags} || ${sql.param(added)}::text[]) as tag
    where tag <> all (${sql.param(removed)}::text[]) order by 1)`;
  await update(database, id, { tags, editedAt: sql`now()` });
  return get(database, id);
}

/** Removes a run with its steps, spectra, probes and overlaps, and what rewinds superseded of it. Forks of it stay. False when there was none. Throws FORBIDDEN. */
export async function remove(database: Database, id: string): Promise<boolean> {
  requireScope(database, 'admin');
  if (!isUuid(id)) return false;
  const removed = await query(database, (orm) =>
    orm
      .delete(run)
      .where(
        and(or(eq(run.id, id), and(eq(run.parentId, id), isNotNull(run.supersededAt))), visibleRun(database, run.id)),
      )
      .returning({ id: run.id }),
  );
  return removed.some((gone) => gone.id === id.toLowerCase());
}

/** Sets columns of the run when it exists and `condition` holds; false when nothing was written. */
async function update(
  database: Database,
  id: string,
  set: PgUpdateSetSource<typeof run>,
  condition?: SQL,
): Promise<boolean> {
  requireScope(database, 'write');
  if (!isUuid(id)) throw runNotFound(id);
  if (Object.keys(set).length === 0) return false;
  const written = await query(database, (orm) =>
    orm
      .update(run)
      .set(set)
      .where(and(eq(run.id, id), visibleRun(database, run.id), condition))
      .returning({ id: run.id }),
  );
  return written.length === 1;
}
