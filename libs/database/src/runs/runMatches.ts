/** A RunFilter as a condition: typed values only, never text of SQL. */
import { isUuid, scheduleSchema } from '@ritz/records';
import { DatabaseError } from '../error/DatabaseError.ts';
import { and, arrayContains, eq, gte, ilike, inArray, isNotNull, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { parse } from '../input/parse.ts';
import { configMatches } from './configMatches.ts';
import { requireText, requireUuid } from '../input/require.ts';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';
import { run } from '../schema/run.ts';
import type { RunFilter } from './Run.ts';
import type { RunValueCondition } from './RunValue.ts';
import { measureAt, statisticAt } from './statisticAt.ts';

/** On runs joined with their experiment and project. @throws DatabaseError INVALID for text that cannot be stored. */
export function runMatches(filter: RunFilter): SQL | undefined {
  const oneOf = <Value>(values: readonly Value[] | null | undefined, condition: (values: Value[]) => SQL) =>
    values ? condition([...values]) : undefined;
  const texts = (name: 'architecture' | 'dataset' | 'optimiser' | 'tags'): string[] | undefined =>
    filter[name]?.map((value, at) => requireText(value, ['filter', name, String(at)]));
  const tags = texts('tags');
  return and(
    oneOf(filter.ids, (ids) => inArray(run.id, ids.filter(isUuid))),
    filter.project ? eq(project.name, requireText(filter.project, ['filter', 'project'])) : undefined,
    filter.experiment ? eq(experiment.name, requireText(filter.experiment, ['filter', 'experiment'])) : undefined,
    oneOf(filter.status, (values) => inArray(run.status, values)),
    oneOf(texts('architecture'), (values) => inArray(run.architecture, values)),
    oneOf(texts('dataset'), (values) => inArray(run.dataset, values)),
    oneOf(texts('optimiser'), (values) => inArray(run.optimiser, values)),
    oneOf(filter.batchNorm, (values) => inArray(run.batchNorm, values)),
    oneOf(filter.scheduleKind, (values) => inArray(sql`${run.schedule} ->> 'kind'`, values)),
    filter.schedule ? eq(run.schedule, parse(scheduleSchema, filter.schedule, ['filter', 'schedule'])) : undefined,
    typeof filter.residual === 'boolean' ? eq(run.residual, filter.residual) : undefined,
    tags && tags.length > 0 ? arrayContains(run.tags, tags) : undefined,
    typeof filter.archived === 'boolean' ? eq(run.archived, filter.archived) : undefined,
    supersededMatches(filter),
    filter.parentId ? eq(run.parentId, requireUuid(filter.parentId, ['filter', 'parentId'])) : undefined,
    filter.createdFrom ? gte(run.createdAt, filter.createdFrom) : undefined,
    filter.createdBefore ? lt(run.createdAt, filter.createdBefore) : undefined,
    filter.updatedSince ? gte(run.updatedAt, filter.updatedSince) : undefined,
    ...(filter.config ?? []).map((condition, at) => configMatches(condition, ['filter', 'config', String(at)])),
    ...(filter.statistics ?? []).map(({ statistic, ...condition }, at) =>
      valueMatches(statisticAt(statistic, ['filter', 'statistics', String(at), 'statistic']), condition, [
        ...['filter', 'statistics', String(at)],
      ]),
    ),
    ...(filter.measures ?? []).map(({ measure, ...condition }, at) =>
      valueMatches(measureAt(measure, ['filter', 'measures', String(at), 'measure']), condition, [
        ...['filter', 'measures', String(at)],
      ]),
    ),
    ...(filter.search ?? '')
      .split(/\s+/)
      .filter((word) => word !== '')
      .map(runMentions),
  );
}

function supersededMatches({ superseded, ids }: RunFilter): SQL | undefined {
  if (typeof superseded !== 'boolean' && ids) return undefined;
  return superseded ? isNotNull(run.supersededAt) : isNull(run.supersededAt);
}

/** `word` occurs somewhere in what people wrote about the run. */
function runMentions(word: string): SQL | undefined {
  const pattern = `%${requireText(word, ['filter', 'search']).replace(/[\\%_]/g, '\\$&')}%`;
  return or(
    ilike(run.name, pattern),
    ilike(run.architecture, pattern),
    ilike(run.dataset, pattern),
    ilike(run.notes, pattern),
    ilike(run.optimiser, pattern),
    sql`${run.config}::text ilike ${pattern}`,
    sql`exists (select 1 from unnest(${run.tags}) as tag where tag ilike ${pattern})`,
  );
}

/** @param value a query of one row or none with the column `value`. */
function valueMatches(value: SQL, condition: RunValueCondition, field: readonly string[]): SQL | undefined {
  const { atLeast, atMost, exists } = condition;
  const found = sql`(select value from (${value}) as found)`;
  const conditions = [
    typeof atLeast === 'number' ? sql`${found} >= ${atLeast}::double precision` : undefined,
    typeof atMost === 'number' ? sql`${found} <= ${atMost}::double precision` : undefined,
    typeof exists === 'boolean' ? sql`(${found} is not null) = ${exists}` : undefined,
  ];
  if (conditions.some((one) => one !== undefined)) return and(...conditions);
  throw new DatabaseError('INVALID', `${field.join('.')}: expected atLeast, atMost or exists, got none.`, { field });
}
