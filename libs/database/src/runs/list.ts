/** Lists of runs: typed filters and orderings, pages that neither skip nor repeat a run while others are added. */
import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm';
import { visibleProject } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { decodeCursor, encodeCursor, invalidCursor, pageLength } from '../input/cursor.ts';
import type { Page } from '../input/Page.ts';
import { isUuid } from '@ritz/records';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';
import { run } from '../schema/run.ts';
import type { Run, RunListOptions, RunOrder, RunOrderField, SortDirection } from './Run.ts';
import { runMatches } from './runMatches.ts';
import { selectRuns } from './selectRuns.ts';

const newestFirst: RunOrder = { field: 'CREATED_AT', direction: 'DESC' };

/** @throws DatabaseError INVALID for a page length outside 1 to 1000 or a cursor of another ordering. */
export async function list(database: Database, options: RunListOptions = {}): Promise<Page<Run>> {
  const length = pageLength(options.first);
  const order = options.orderBy ?? newestFirst;
  const after = options.after ?? null;
  const matches = runMatches(options.filter ?? {});
  const behind = after === null ? undefined : runsBehind(after, order);
  const { sorted } = directions[order.direction];
  const { column } = orderings[order.field];
  return query(database, async (orm) => {
    const [rows, totalCount] = await Promise.all([
      selectRuns(database, orm, and(matches, behind))
        .orderBy(sorted(column), sorted(run.id))
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

/** How to sort, and how what lies behind a place compares with it. */
const directions = {
  ASC: { sorted: asc, behind: '>' },
  DESC: { sorted: desc, behind: '<' },
} as const satisfies Readonly<Record<SortDirection, object>>;

/** What a list is sorted by: a column without nulls, its type, and a run's place in it. */
interface Ordering {
  readonly column: SQL;
  readonly type: 'text' | 'timestamptz' | 'bigint';
  readonly placeOf: (item: Run) => string;
}

const orderings: Readonly<Record<RunOrderField, Ordering>> = {
  CREATED_AT: {
    column: sql`${run.createdAt}`,
    type: 'timestamptz',
    placeOf: ({ createdAt }) => createdAt.toISOString(),
  },
  UPDATED_AT: {
    column: sql`${run.updatedAt}`,
    type: 'timestamptz',
    placeOf: ({ updatedAt }) => updatedAt.toISOString(),
  },
  NAME: { column: sql`${run.name}`, type: 'text', placeOf: ({ name }) => name },
  ARCHITECTURE: { column: sql`${run.architecture}`, type: 'text', placeOf: ({ architecture }) => architecture },
  DATASET: { column: sql`${run.dataset}`, type: 'text', placeOf: ({ dataset }) => dataset },
  // A run that has no such value stands before those that have one.
  PARAMETER_COUNT: {
    column: sql`coalesce(${run.parameterCount}, 0)`,
    type: 'bigint',
    placeOf: ({ parameterCount }) => String(parameterCount ?? 0),
  },
  FINISHED_AT: {
    column: sql`coalesce(${run.finishedAt}, timestamptz '1970-01-01 00:00:00Z')`,
    type: 'timestamptz',
    placeOf: ({ finishedAt }) => (finishedAt ?? new Date(0)).toISOString(),
  },
};

const placeIsRight: Readonly<Record<Ordering['type'], (place: string) => boolean>> = {
  text: (place) => !place.includes('\0'),
  timestamptz: (place) => /^\d{4}-\d{2}-\d{2}T/.test(place) && !Number.isNaN(Date.parse(place)),
  bigint: (place) => /^\d{1,16}$/.test(place),
};

function orderingName(order: RunOrder): string {
  return `runs ${order.field} ${order.direction}`;
}

function runCursor(item: Run, order: RunOrder): string {
  return encodeCursor([orderingName(order), orderings[order.field].placeOf(item), item.id]);
}

/** The rows behind a cursor: (column, id) compared as a pair, so that equal names or times are not lost. */
function runsBehind(cursor: string, order: RunOrder): SQL {
  const [place = '', id = ''] = decodeCursor(cursor, orderingName(order), 2);
  const { column, type } = orderings[order.field];
  if (!isUuid(id) || !placeIsRight[type](place)) throw invalidCursor(cursor);
  const { behind } = directions[order.direction];
  return sql`(${column}, ${run.id}) ${sql.raw(behind)} (${place}::${sql.raw(type)}, ${id}::uuid)`;
}
