/** Filters and order of the runs table, in the URL and in the form the API takes. */
import {
  createLoader,
  createParser,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import type { RunFilter, RunOrder } from '@ritz/client';
import { groupKeys } from './groups.ts';
import { batchNorms, statuses } from './settingWords.ts';
import { valueColumn, valueVariables, type ValueColumn } from './valueColumns.ts';
import { conditionsOf } from './where.ts';

export const schedules = ['CONSTANT', 'STEP', 'COSINE', 'WARMUP_COSINE', 'ONE_CYCLE', 'PIECEWISE'] as const;
const orders = ['CREATED_AT', 'NAME', 'ARCHITECTURE', 'DATASET'] as const;

/** A field of runs, or the key of a column of values. */
const order = createParser<string>({
  parse: (text) => orders.find((one) => one === text) ?? valueColumn(text)?.key ?? null,
  serialize: (key) => key,
});

/** The key of a column; others are left out. */
const columnKey = createParser<string>({
  parse: (text) => valueColumn(text)?.key ?? null,
  serialize: (key) => key,
});

export const filterParsers = {
  q: parseAsString.withDefault(''),
  project: parseAsString,
  experiment: parseAsString,
  architecture: parseAsString,
  batchNorm: parseAsStringLiteral(batchNorms),
  residual: parseAsBoolean,
  schedule: parseAsStringLiteral(schedules),
  status: parseAsStringLiteral(statuses),
  archived: parseAsBoolean.withDefault(false),
  sort: order.withDefault('CREATED_AT'),
  /** As people write them, see `conditionsOf`. */
  where: parseAsString.withDefault(''),
  columns: parseAsArrayOf(columnKey).withDefault([]),
  up: parseAsBoolean.withDefault(false),
};

/** What the runs are grouped by. */
export const groupParser = parseAsArrayOf(parseAsStringLiteral(groupKeys)).withDefault([]);

export type Filters = inferParserType<typeof filterParsers>;

/** Reads them on the server. */
export const loadFilters = createLoader(filterParsers);

export function isFiltered({ q, where, ...filters }: Filters): boolean {
  const { project, experiment, architecture, batchNorm, residual, schedule, status } = filters;
  return (
    q !== '' ||
    where.trim() !== '' ||
    [project, experiment, architecture, batchNorm, residual, schedule, status].some((value) => value !== null)
  );
}

export function runFilter(filters: Filters): RunFilter {
  const { q, where, project, experiment, architecture, batchNorm, residual, schedule, status, archived } = filters;
  const conditions = conditionsOf(where);
  return {
    archived,
    ...(conditions.ok ? conditions.filter : {}),
    ...(q.trim() === '' ? {} : { search: q }),
    ...(project === null ? {} : { project }),
    ...(experiment === null ? {} : { experiment }),
    ...(architecture === null ? {} : { architecture: [architecture] }),
    ...(batchNorm === null ? {} : { batchNorm: [batchNorm] }),
    ...(residual === null ? {} : { residual }),
    ...(schedule === null ? {} : { scheduleKind: [schedule] }),
    ...(status === null ? {} : { status: [status] }),
  };
}

function runOrder({ sort, up }: Filters): RunOrder {
  const direction = up ? 'ASC' : 'DESC';
  const column = valueColumn(sort);
  if (!column) return { field: orders.find((one) => one === sort) ?? 'CREATED_AT', direction };
  const { source } = column;
  return source.kind === 'statistic' ? { statistic: source.input, direction } : { measure: source.input, direction };
}

/** The columns that were chosen. */
export function columnsOf({ columns }: Pick<Filters, 'columns'>): readonly ValueColumn[] {
  return columns.flatMap((key) => valueColumn(key) ?? []);
}

/** What a page of the table asks for. */
export function runsVariables(filters: Filters, filter = runFilter(filters)) {
  return { filter, orderBy: runOrder(filters), ...valueVariables(columnsOf(filters)) };
}
