/** Statistics and measures of runs at chosen positions, many of many runs in one statement. */
import { isUuid } from '@ritz/records';
import { and, inArray, sql, type SQL } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { inOrder } from '../input/inOrder.ts';
import { run } from '../schema/run.ts';
import type { RunMeasure, RunStatistic, RunValue } from './RunValue.ts';
import { measureAt, statisticAt } from './statisticAt.ts';

/**
 * For each run the statistics in their order; null where the run has no such spectrum.
 * @throws DatabaseError INVALID naming the statistic.
 */
export function statisticsOf(
  database: Database,
  runIds: readonly string[],
  statistics: readonly RunStatistic[],
): Promise<(RunValue | null)[][]> {
  const queries = statistics.map((one, at) => statisticAt(one, ['of', String(at)]));
  return valuesOf(database, runIds, queries);
}

/** For each run the measures in their order; null where none was logged. */
export function measuresOf(
  database: Database,
  runIds: readonly string[],
  measures: readonly RunMeasure[],
): Promise<(RunValue | null)[][]> {
  return valuesOf(
    database,
    runIds,
    measures.map((one, at) => measureAt(one, ['of', String(at)])),
  );
}

async function valuesOf(
  database: Database,
  runIds: readonly string[],
  queries: readonly SQL[],
): Promise<(RunValue | null)[][]> {
  if (queries.length === 0) return runIds.map(() => []);
  const joins = queries.map((one, at) => sql`left join lateral (${one}) as ${name(at)} on true`);
  const objects = queries.map((_, at) => {
    const of = name(at);
    return sql`case when ${of}.step_number is not null then
      json_build_object('value', ${of}.value, 'standardError', ${of}.standard_error, 'step', ${of}.step_number) end`;
  });
  const wanted = and(inArray(run.id, runIds.filter(isUuid)), visibleRun(database, run.id));
  const { rows } = await query(database, (orm) =>
    orm.execute<{ readonly id: string; readonly values: (RunValue | null)[] }>(sql`
      select ${run.id} as id, json_build_array(${sql.join(objects, sql`, `)}) as values
      from ${run} ${sql.join(joins, sql` `)} where ${wanted}`),
  );
  return inOrder(runIds, rows, ({ id }) => id).map((row) => row?.values ?? queries.map(() => null));
}

function name(at: number): SQL {
  return sql`${sql.identifier(`value_${at}`)}`;
}
