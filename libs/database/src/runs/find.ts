/** Runs by id. */
import { inArray } from 'drizzle-orm';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { inOrder } from '../input/inOrder.ts';
import { isUuid } from '@ritz/records';
import { run } from '../schema/run.ts';
import type { Run } from './Run.ts';
import { selectRuns } from './selectRuns.ts';

/** One answer per id, in order; `null` where there is no such run. */
export async function byIds(database: Database, ids: readonly string[]): Promise<(Run | null)[]> {
  const rows = await query(database, (orm) => selectRuns(database, orm, inArray(run.id, ids.filter(isUuid))));
  return inOrder(ids, rows, (row) => row.id);
}

/** Throws NOT_FOUND when there is no such run. */
export async function get(database: Database, id: string): Promise<Run> {
  const [found] = await byIds(database, [id]);
  if (found) return found;
  throw runNotFound(id);
}

export function runNotFound(id: string, field = 'id'): DatabaseError {
  return new DatabaseError('NOT_FOUND', `There is no run ${JSON.stringify(id)}.`, { field: [field] });
}
