/** Spectra by id, by run, by step. */
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { groupedInOrder, inOrder } from '../input/inOrder.ts';
import { isUuid } from '@ritz/records';
import { spectrum } from '../schema/spectrum.ts';
import type { StepKey } from '../steps/Step.ts';
import { atSteps, stepName } from '../steps/stepKeys.ts';
import { selectSpectra, type Spectrum } from './selectSpectra.ts';

const inSteps = [
  asc(spectrum.runId),
  asc(spectrum.stepNumber),
  asc(spectrum.operator),
  asc(spectrum.block),
  asc(spectrum.preconditioner),
  asc(spectrum.createdAt),
  asc(spectrum.id),
];

/** Of several measurements of one operator, block and preconditioner at one step the newest, in the given order. */
export function newestOfEach(found: readonly Spectrum[]): Spectrum[] {
  const newest = new Map<string, Spectrum>();
  for (const one of found) {
    const place = JSON.stringify([one.runId, one.stepNumber, one.operator, one.block, one.preconditioner]);
    const other = newest.get(place);
    if (!other || one.createdAt >= other.createdAt) newest.set(place, one);
  }
  const kept = new Set(newest.values());
  return found.filter((one) => kept.has(one));
}

/** One answer per id, in order; `null` where there is no such spectrum. */
export async function byIds(database: Database, ids: readonly string[]): Promise<(Spectrum | null)[]> {
  const rows = await query(database, (orm) => selectSpectra(database, orm, inArray(spectrum.id, ids.filter(isUuid))));
  return inOrder(ids, rows, (row) => row.id);
}

/** Throws NOT_FOUND when there is no such spectrum. */
export async function get(database: Database, id: string): Promise<Spectrum> {
  const [found] = await byIds(database, [id]);
  if (found) return found;
  throw new DatabaseError('NOT_FOUND', `There is no spectrum ${JSON.stringify(id)}.`, { field: ['id'] });
}

/** All spectra of each run, ascending by step, then operator, block, preconditioner and age. */
export async function byRuns(database: Database, runIds: readonly string[]): Promise<Spectrum[][]> {
  const rows = await query(database, (orm) =>
    selectSpectra(database, orm, inArray(spectrum.runId, runIds.filter(isUuid))).orderBy(...inSteps),
  );
  return groupedInOrder(runIds, rows, (row) => row.runId);
}

/** The newest measurement of one operator, block and preconditioner at the last measured step of each run; `null` where there is none. */
export async function latestByRuns(
  database: Database,
  runIds: readonly string[],
  { operator, block, preconditioner }: Pick<Spectrum, 'operator' | 'block' | 'preconditioner'>,
): Promise<(Spectrum | null)[]> {
  const rows = await query(database, async (orm) => {
    const last = await orm
      .selectDistinctOn([spectrum.runId], { id: spectrum.id })
      .from(spectrum)
      .where(
        and(
          inArray(spectrum.runId, runIds.filter(isUuid)),
          eq(spectrum.operator, operator),
          eq(spectrum.block, block),
          eq(spectrum.preconditioner, preconditioner),
          visibleRun(database, spectrum.runId),
        ),
      )
      .orderBy(asc(spectrum.runId), desc(spectrum.stepNumber), desc(spectrum.createdAt), desc(spectrum.id));
    return selectSpectra(
      database,
      orm,
      inArray(
        spectrum.id,
        last.map(({ id }) => id),
      ),
    );
  });
  return inOrder(runIds, rows, (row) => row.runId);
}

/** How many spectra each run has, of all operators and blocks. */
export async function countByRuns(database: Database, runIds: readonly string[]): Promise<number[]> {
  const rows = await query(database, (orm) =>
    orm
      .select({ runId: spectrum.runId, count: sql<number>`count(*)::int` })
      .from(spectrum)
      .where(and(inArray(spectrum.runId, runIds.filter(isUuid)), visibleRun(database, spectrum.runId)))
      .groupBy(spectrum.runId),
  );
  return inOrder(runIds, rows, (row) => row.runId).map((row) => row?.count ?? 0);
}

/** All spectra of each step, by operator, block, preconditioner and age. */
export async function bySteps(database: Database, keys: readonly StepKey[]): Promise<Spectrum[][]> {
  const wanted = atSteps(spectrum.runId, spectrum.stepNumber, keys);
  if (wanted === undefined) return keys.map(() => []);
  const rows = await query(database, (orm) => selectSpectra(database, orm, wanted).orderBy(...inSteps));
  const names = keys.map((key) => stepName(key.runId, key.number));
  return groupedInOrder(names, rows, (row) => stepName(row.runId, row.stepNumber));
}
