/** Makes writers of the same runs take turns, and holds the runs against removal, until the transaction ends. */
import { and, asc, inArray } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { isUuid } from '@ritz/records';
import { run } from '../schema/run.ts';

/**
 * Those runs that exist, by their ids in lower case, each with its contradicted step (see `writeSteps`). Locked in one order, so that
 * two writers never wait for each other.
 */
export async function lockRuns(
  database: Database,
  orm: Executor,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, number | null>> {
  const wanted = [...new Set(ids)].filter(isUuid);
  const rows = await orm
    .select({ id: run.id, contradictedStep: run.contradictedStep })
    .from(run)
    .where(and(inArray(run.id, wanted), visibleRun(database, run.id)))
    .orderBy(asc(run.id))
    .for('no key update');
  return new Map(rows.map(({ id, contradictedStep }) => [id, contradictedStep]));
}
