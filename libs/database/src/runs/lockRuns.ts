/** Makes writers of the same runs take turns, and holds the runs against removal, until the transaction ends. */
import { and, asc, inArray } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { isUuid } from '@ritz/records';
import { run } from '../schema/run.ts';

/** The ids, in lower case, of those runs that exist. Locked in one order, so that two writers never wait for each other. */
export async function lockRuns(database: Database, orm: Executor, ids: Iterable<string>): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(ids)].filter(isUuid);
  const rows = await orm
    .select({ id: run.id })
    .from(run)
    .where(and(inArray(run.id, wanted), visibleRun(database, run.id)))
    .orderBy(asc(run.id))
    .for('no key update');
  return new Set(rows.map(({ id }) => id));
}
