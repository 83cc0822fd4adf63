/** Training curves: every logged step of a run, none left out, as parallel arrays. */
import { isUuid, stepMeasures, type StepMeasure } from '@ritz/records';
import { and, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { inOrder } from '../input/inOrder.ts';
import { step } from '../schema/step.ts';
import type { History } from './Step.ts';

/**
 * The curves of each run, in the order of the ids; empty columns for a run without steps. The server gathers the columns: a row for
 * each step would cost ten times as much to read.
 * @param fields the columns to read beside the numbers of the steps.
 */
export async function histories<Field extends StepMeasure>(
  database: Database,
  runIds: readonly string[],
  fields: readonly Field[],
): Promise<History<Field>[]> {
  const wanted = and(inArray(step.runId, runIds.filter(isUuid)), visibleRun(database, step.runId));
  const columns = getTableColumns(step);
  const gathered = (['number', ...new Set(fields)] as const).map(
    (field): SQL => sql`json_agg(${sql.identifier(columns[field].name)}) as ${sql.identifier(field)}`,
  );
  const { rows } = await query(database, (orm) =>
    orm.execute<{ readonly runId: string }>(sql`
      select run_id as "runId", ${sql.join(gathered, sql`, `)}
      from (select * from ${step} where ${wanted} order by run_id, number) as ordered
      group by run_id`),
  );
  // The columns of the statement are those of the type.
  const found = rows as unknown as readonly (History<Field> & { readonly runId: string })[];
  const nothing = Object.fromEntries(['number', ...fields].map((field) => [field, []])) as unknown as History<Field>;
  return inOrder(runIds, found, (row) => row.runId).map((row) => row ?? nothing);
}

/** All curves of one run. */
export async function history(database: Database, runId: string): Promise<History> {
  const [only] = await histories(database, [runId], stepMeasures);
  if (only === undefined) throw new Error('One run has one history.');
  return only;
}
