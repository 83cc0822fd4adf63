/** Lists of runs: typed filters and orderings, pages that neither skip nor repeat a run while others are added. */
import { and, arrayContains, asc, desc, eq, ilike, inArray, or, sql, type SQL } from 'drizzle-orm';
import { visibleProject } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { decodeCursor, encodeCursor, invalidCursor, pageLength } from '../input/cursor.ts';
import type { Page } from '../input/Page.ts';
import { requireText } from '../input/text.ts';
import { isUuid } from '../input/uuid.ts';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';
import { run } from '../schema/run.ts';
import type { Run, RunFilter, RunListOptions, RunOrder } from './Run.ts';
import { selectRuns } from './selectRuns.ts';

const newestFirst: RunOrder = { field: 'CREATED_AT', direction: 'DESC' };

/** @throws DatabaseError INVALID for a page length outside 1 to 1000 or a cursor of another ordering. */
export async function list(database: Database, options: RunListOptions = {}): Promise<Page<Run>> {
  const length = pageLength(options.first);
  const order = options.orderBy ?? newestFirst;
  const after = options.after ?? null;
  const matches = runMatches(options.filter ?? {});
  const behind = after === null ? undefined : runsBehind(after, order);
  const direction = order.direction === 'ASC' ? asc : desc;
  const column = order.field === 'NAME' ? run.name : run.createdAt;
  return query(database, async (orm) => {
    const [rows, totalCount] = await Promise.all([
      selectRuns(database, orm, and(matches, behind))
        .orderBy(direction(column), direction(run.id))
        .limit(length + 1),
      countRuns(database, orm, matches),
    ]);
    const items = rows.slice(0, length);
    return {
      items,
      cursors: items.map((item) => runCursor(item, order)),
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

function runMatches(filter: RunFilter): SQL | undefined {
  const oneOf = <Value>(values: readonly Value[] | null | undefined, condition: (values: Value[]) => SQL) =>
    values ? condition([...values]) : undefined;
  return and(
    oneOf(filter.ids, (ids) => inArray(run.id, ids.filter(isUuid))),
    filter.project ? eq(project.name, requireText(filter.project, ['filter', 'project'])) : undefined,
    filter.experiment ? eq(experiment.name, requireText(filter.experiment, ['filter', 'experiment'])) : undefined,
    oneOf(filter.status, (values) => inArray(run.status, values)),
    oneOf(filter.architecture, (values) => inArray(run.architecture, values)),
    oneOf(filter.dataset, (values) => inArray(run.dataset, values)),
    oneOf(filter.batchNorm, (values) => inArray(run.batchNorm, values)),
    typeof filter.residual === 'boolean' ? eq(run.residual, filter.residual) : undefined,
    filter.tags && filter.tags.length > 0 ? arrayContains(run.tags, [...filter.tags]) : undefined,
    typeof filter.archived === 'boolean' ? eq(run.archived, filter.archived) : undefined,
    ...(filter.search ?? '')
      .split(/\s+/)
      .filter((word) => word !== '')
      .map(runMentions),
  );
}

/** `word` occurs somewhere in what people wrote about the run. */
function runMentions(word: string): SQL | undefined {
  const pattern = `%${requireText(word, ['filter', 'search']).replace(/[\\%_]/g, '\\$&')}%`;
  return or(
    ilike(run.name, pattern),
    ilike(run.architecture, pattern),
    ilike(run.dataset, pattern),
    ilike(run.notes, pattern),
    sql`exists (select 1 from unnest(${run.tags}) as tag where tag ilike ${pattern})`,
  );
}

function orderingName(order: RunOrder): string {
  return `runs ${order.field} ${order.direction}`;
}

function runCursor(item: Run, order: RunOrder): string {
  const place = order.field === 'NAME' ? item.name : item.createdAt.toISOString();
  return encodeCursor([orderingName(order), place, item.id]);
}

/** The rows behind a cursor: (column, id) compared as a pair, so that equal names or times are not lost. */
function runsBehind(cursor: string, order: RunOrder): SQL {
  const [place = '', id = ''] = decodeCursor(cursor, orderingName(order), 2);
  if (!isUuid(id) || (order.field === 'CREATED_AT' && Number.isNaN(Date.parse(place)))) throw invalidCursor(cursor);
  const sign = sql.raw(order.direction === 'ASC' ? '>' : '<');
  return order.field === 'NAME'
    ? sql`(${run.name}, ${run.id}) ${sign} (${place}::text, ${id}::uuid)`
    : sql`(${run.createdAt}, ${run.id}) ${sign} (${place}::timestamptz, ${id}::uuid)`;
}
