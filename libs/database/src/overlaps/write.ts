/** Adds gradient overlaps to spectra that are stored, one result for each: recorded once, another value is refused. */
import { matrixName, type MeasuredMatrix, type OverlapValues } from '@ritz/records';
import { asc } from 'drizzle-orm';
import type { Database, Executor } from '../connection/Database.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { runNotFound } from '../runs/find.ts';
import { lockRuns } from '../runs/lockRuns.ts';
import { overlap } from '../schema/overlap.ts';
import { spectrum } from '../schema/spectrum.ts';
import { findMeasurements } from '../spectra/compare.ts';
import { atSteps } from '../steps/stepKeys.ts';
import type { Overlap } from './find.ts';

export interface PlacedOverlap extends OverlapValues, MeasuredMatrix {
  readonly runId: string;
  readonly step: number;
  readonly block: string;
}

export type WrittenOverlap =
  | { readonly status: 'CREATED' | 'UNCHANGED'; readonly spectrumId: string }
  | { readonly status: 'REFUSED'; readonly error: DatabaseError };

/** Inside a transaction. Refused are overlaps of runs and spectra that do not exist, and values other than those stored. */
export async function writeOverlaps(
  database: Database,
  orm: Executor,
  given: readonly PlacedOverlap[],
): Promise<WrittenOverlap[]> {
  const runs = await lockRuns(
    database,
    orm,
    given.map(({ runId }) => runId),
  );
  const ids = await spectrumIds(orm, given);
  const { overlaps } = await findMeasurements(orm, [...new Set(ids.values())]);
  const known = new Map(overlaps.map((one) => [nameOf(one), one.fraction]));
  const fresh: Overlap[] = [];
  const results = given.map((one): WrittenOverlap => {
    const { runId, k, gradient, fraction } = one;
    if (!runs.has(runId)) return { status: 'REFUSED', error: runNotFound(runId, 'runId') };
    const spectrumId = ids.get(placeOf(one));
    if (spectrumId === undefined) return { status: 'REFUSED', error: noSpectrum(one) };
    const row = { spectrumId, k, gradient, fraction };
    const before = known.get(nameOf(row));
    if (before === fraction) return { status: 'UNCHANGED', spectrumId };
    if (before !== undefined) return { status: 'REFUSED', error: clash(one, before) };
    known.set(nameOf(row), fraction);
    fresh.push(row);
    return { status: 'CREATED', spectrumId };
  });
  if (fresh.length > 0) await orm.insert(overlap).values(fresh);
  return results;
}

/** By place; where it was measured several times, the newest. */
async function spectrumIds(orm: Executor, given: readonly PlacedOverlap[]): Promise<ReadonlyMap<string, string>> {
  const places = given.map(({ runId, step }) => ({ runId, number: step }));
  const { id, runId, stepNumber, operator, block, preconditioner } = spectrum;
  const rows = await orm
    .select({ id, runId, step: stepNumber, operator, block, preconditioner })
    .from(spectrum)
    .where(atSteps(runId, stepNumber, places))
    .orderBy(asc(spectrum.createdAt), asc(spectrum.id));
  return new Map(rows.map((row) => [placeOf(row), row.id]));
}

type Place = Omit<PlacedOverlap, 'k' | 'gradient' | 'fraction'>;

function placeOf({ runId, step, operator, block, preconditioner }: Place): string {
  return JSON.stringify([runId, step, operator, block, preconditioner]);
}

function nameOf({ spectrumId, k, gradient }: Overlap): string {
  return `${spectrumId} ${String(k)} ${gradient}`;
}

function noSpectrum(place: PlacedOverlap): DatabaseError {
  const { runId, step, block } = place;
  return new DatabaseError(
    'NOT_FOUND',
    `Run ${runId} has no ${matrixName(place)} spectrum of block ${JSON.stringify(block)} at step ${String(step)}. ` +
      'Send the spectrum before its gradient overlaps.',
    { field: ['step'] },
  );
}

function clash({ k, gradient, fraction, step }: PlacedOverlap, before: number): DatabaseError {
  return new DatabaseError(
    'CONFLICT',
    `fraction is ${String(fraction)}, but ${String(before)} is already stored for K = ${String(k)} of the ${gradient} ` +
      `gradient at step ${String(step)}. What was recorded is kept.`,
    { field: ['fraction'] },
  );
}
