/** How runs are sorted, and cursors: a place in an ordering, so that pages neither skip nor repeat a run. */
import { isUuid, runConfigSchema } from '@ritz/records';
import { and, asc, desc, or, sql, type SQL } from 'drizzle-orm';
import { DatabaseError } from '../error/DatabaseError.ts';
import { decodeCursor, encodeCursor, invalidCursor } from '../input/cursor.ts';
import { run } from '../schema/run.ts';
import { pathNames } from './configMatches.ts';
import type { RunOrder, RunOrderField, SortDirection } from './Run.ts';
import { measureAt, statisticAt } from './statisticAt.ts';

export interface Ordering {
  /** Joined laterally as `ordered`; null where the column is the run's own. */
  readonly join: SQL | null;
  /** For `order by`. */
  readonly sorted: readonly SQL[];
  /** A run's place as text; null behind all that have one. */
  readonly place: SQL<string | null>;
  cursor(place: string | null, id: string): string;
  /** The rows behind a cursor. @throws DatabaseError INVALID for one of another ordering. */
  behind(cursor: string): SQL | undefined;
}

type ColumnType = 'text' | 'timestamptz' | 'bigint' | 'float8' | 'jsonb';

interface Column {
  readonly name: string;
  readonly value: SQL;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly join: SQL | null;
}

/** @throws DatabaseError INVALID unless exactly one thing to sort by is given. */
export function orderingOf(order: RunOrder): Ordering {
  const { name, value, type, nullable, join } = columnOf(order);
  const { sort, sign } = directions[order.direction];
  const ordering = `runs ${name} ${order.direction}`;
  return {
    join,
    sorted: [...(nullable ? [sql`${value} is null`] : []), sort(value), sort(run.id)],
    place: sql<string | null>`(${value})::text`,
    // The list of one ordering has no empty place: what is missing is said by an empty word.
    cursor: (place, id) => encodeCursor([ordering, place === null ? 'none' : `at ${place}`, id]),
    behind(cursor) {
      const [word = '', id = ''] = decodeCursor(cursor, ordering, 2);
      const place = word.startsWith('at ') ? word.slice(3) : null;
      if (!isUuid(id) || (place === null ? !nullable || word !== 'none' : !isPlace[type](place))) {
        throw invalidCursor(cursor);
      }
      if (place === null) return and(sql`${value} is null`, sql`${run.id} ${sign} ${id}::uuid`);
      const later = sql`(${value}, ${run.id}) ${sign} (${place}::${sql.raw(type)}, ${id}::uuid)`;
      return nullable ? or(later, sql`${value} is null`) : later;
    },
  };
}

const directions = {
  ASC: { sort: asc, sign: sql.raw('>') },
  DESC: { sort: desc, sign: sql.raw('<') },
} as const satisfies Readonly<Record<SortDirection, object>>;

function columnOf({ field, statistic, measure, config }: RunOrder): Column {
  const given = [field, statistic, measure, config].filter((one) => one !== null && one !== undefined);
  if (given.length !== 1) {
    throw new DatabaseError(
      'INVALID',
      `orderBy: expected one of field, statistic, measure and config, got ${given.length} of them.`,
      { field: ['orderBy'] },
    );
  }
  const joined = (join: SQL) =>
    ({ name: JSON.stringify(given), value: sql`ordered.value`, type: 'float8', nullable: true, join }) as const;
  if (statistic) return joined(statisticAt(statistic, ['orderBy', 'statistic']));
  if (measure) return joined(measureAt(measure, ['orderBy', 'measure']));
  if (typeof config === 'string') {
    const value = sql`(${run.config} #> ${pathNames(config, ['orderBy', 'config'])})`;
    return { name: JSON.stringify(given), value, type: 'jsonb', nullable: true, join: null };
  }
  const chosen = field ?? 'CREATED_AT';
  return { name: chosen, ...fields[chosen], nullable: false, join: null };
}

const fields: Readonly<Record<RunOrderField, Pick<Column, 'value' | 'type'>>> = {
  CREATED_AT: { value: sql`${run.createdAt}`, type: 'timestamptz' },
  UPDATED_AT: { value: sql`${run.updatedAt}`, type: 'timestamptz' },
  NAME: { value: sql`${run.name}`, type: 'text' },
  ARCHITECTURE: { value: sql`${run.architecture}`, type: 'text' },
  DATASET: { value: sql`${run.dataset}`, type: 'text' },
  // A run that has no such value stands before those that have one.
  PARAMETER_COUNT: { value: sql`coalesce(${run.parameterCount}, 0)`, type: 'bigint' },
  FINISHED_AT: { value: sql`coalesce(${run.finishedAt}, timestamptz '1970-01-01 00:00:00Z')`, type: 'timestamptz' },
};

const isPlace: Readonly<Record<ColumnType, (place: string) => boolean>> = {
  text: (place) => !place.includes('\0'),
  timestamptz: (place) => /^\d{4,6}-\d{2}-\d{2} [\d:.]{8,15}[+-][\d:]{2,8}$/.test(place),
  bigint: (place) => /^\d{1,16}$/.test(place),
  float8: (place) => place !== '' && Number.isFinite(Number(place)),
  jsonb: isJson,
};

/** As PostgreSQL writes it, of what it stores: numbers have no exponent. */
function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return runConfigSchema.safeParse({ value }).success && (typeof value !== 'number' || !/e/i.test(text));
  } catch {
    return false;
  }
}
