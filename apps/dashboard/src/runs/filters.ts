/** Filters and order of the runs table, in the URL and in the form the API takes. */
import {
  createLoader,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import type { RunFilter, RunOrder } from '@ritz/client';
import { groupKeys } from './groups.ts';

export const statuses = ['RUNNING', 'FINISHED', 'FAILED', 'INTERRUPTED'] as const;
export const batchNorms = ['NONE', 'MINIBATCH', 'POPULATION', 'RUNNING'] as const;
export const schedules = ['CONSTANT', 'STEP', 'COSINE', 'WARMUP_COSINE'] as const;
const orders = ['CREATED_AT', 'NAME', 'ARCHITECTURE', 'DATASET'] as const;

export const filterParsers = {
  q: parseAsString.withDefault(''),
  architecture: parseAsString,
  batchNorm: parseAsStringLiteral(batchNorms),
  residual: parseAsBoolean,
  schedule: parseAsStringLiteral(schedules),
  status: parseAsStringLiteral(statuses),
  archived: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(orders).withDefault('CREATED_AT'),
  up: parseAsBoolean.withDefault(false),
};

/** What the runs are grouped by. */
export const groupParser = parseAsArrayOf(parseAsStringLiteral(groupKeys)).withDefault([]);

export type Filters = inferParserType<typeof filterParsers>;

/** Reads them on the server. */
export const loadFilters = createLoader(filterParsers);

export function isFiltered({ q, architecture, batchNorm, residual, schedule, status }: Filters): boolean {
  return q !== '' || [architecture, batchNorm, residual, schedule, status].some((value) => value !== null);
}

export function runFilter(filters: Filters): RunFilter {
  const { q, architecture, batchNorm, residual, schedule, status, archived } = filters;
  return {
    archived,
    ...(q.trim() === '' ? {} : { search: q }),
    ...(architecture === null ? {} : { architecture: [architecture] }),
    ...(batchNorm === null ? {} : { batchNorm: [batchNorm] }),
    ...(residual === null ? {} : { residual }),
    ...(schedule === null ? {} : { scheduleKind: [schedule] }),
    ...(status === null ? {} : { status: [status] }),
  };
}

export function runOrder({ sort, up }: Filters): RunOrder {
  return { field: sort, direction: up ? 'ASC' : 'DESC' };
}
