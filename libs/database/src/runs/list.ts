/** Lists of runs: typed filters and orderings, pages that neither skip nor repeat a run while others are added. */
import { and, eq, sql, type SQL } from 'drizzle-orm';
import { visibleProject } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { pageLength } from '../input/cursor.ts';
import type { Page } from '../input/Page.ts';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';
import { run } from '../schema/run.ts';
import { orderingOf } from './order.ts';
import type { Run, RunListOptions, RunOrder } from './Run.ts';
import { runMatches } from './runMatches.ts';
import { runColumns } from './selectRuns.ts';

const newestFirst: RunOrder = { field: 'CREATED_AT', direction: 'DESC' };

/** @throws DatabaseError INVALID for a page length outside 1 to 1000 a cursor of another ordering, and what cannot be sorted by. */
export async function list(database: Database, options: RunListOptions = {}): Promise<Page<Run>> {
  const length = pageLength(options.first);
  const after = options.after ?? null;
  const matches = runMatches(options.filter ?? {});
  const ordering = orderingOf(options.orderBy ?? newestFirst);
  const behind = after === null ? undefined : ordering.behind(after);
  return query(database, async (orm) => {
    const [rows, totalCount] = await Promise.all([
      orm
        .select({ ...runColumns, place: ordering.place })
        .from(run)
        .innerJoin(experiment, eq(experiment.id, run.experimentId))
        .innerJoin(project, eq(project.id, experiment.projectId))
        .leftJoin(sql`lateral (${ordering.join ?? sql`select null`}) as ordered`, sql`true`)
        .where(and(visibleProject(database, project.id), matches, behind))
        .orderBy(...ordering.sorted)
        .limit(length + 1),
      countRuns(database, orm, matches),
    ]);
    const page = rows.slice(0, length);
    return {
      items: page.map(({ place: _place, ...item }) => item),
      cursors: page.map(({ place, id }) => ordering.cursor(place, id)),
      hasNextPage: rows.length > length,
      hasPreviousPage: after !== null,
      totalCount,
    };
  });
}

async function countRuns(database: Database, orm: Executor, matches: SQL | undefined): Promise<number> {
  const [row] = await orm
    .select({ count: sql<number>`count(*)::int` })
    .from(run)
    .innerJoin(experiment, eq(experiment.id, run.experimentId))
    .innerJoin(project, eq(project.id, experiment.projectId))
    .where(and(visibleProject(database, project.id), matches));
  return row?.count ?? 0;
}
