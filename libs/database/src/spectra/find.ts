/** Spectra by id, by run, by step. */
import { asc, inArray } from 'drizzle-orm';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { groupedInOrder, inOrder } from '../input/inOrder.ts';
import { isUuid } from '../input/uuid.ts';
import { spectrum } from '../schema/spectrum.ts';
import type { StepKey } from '../steps/Step.ts';
import { atSteps, stepName } from '../steps/stepKeys.ts';
import { selectSpectra } from './selectSpectra.ts';
import type { Spectrum } from './Spectrum.ts';

const inSteps = [asc(spectrum.runId), asc(spectrum.stepNumber), asc(spectrum.operator), asc(spectrum.block)];

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

/** All spectra of each run, ascending by step, then operator and block. */
export async function byRuns(database: Database, runIds: readonly string[]): Promise<Spectrum[][]> {
  const rows = await query(database, (orm) =>
    selectSpectra(database, orm, inArray(spectrum.runId, runIds.filter(isUuid))).orderBy(...inSteps),
  );
  return groupedInOrder(runIds, rows, (row) => row.runId);
}

/** All spectra of each step, by operator and block. */
export async function bySteps(database: Database, keys: readonly StepKey[]): Promise<Spectrum[][]> {
  const wanted = atSteps(spectrum.runId, spectrum.stepNumber, keys);
  if (wanted === undefined) return keys.map(() => []);
  const rows = await query(database, (orm) => selectSpectra(database, orm, wanted).orderBy(...inSteps));
  const names = keys.map((key) => stepName(key.runId, key.number));
  return groupedInOrder(names, rows, (row) => stepName(row.runId, row.stepNumber));
}
