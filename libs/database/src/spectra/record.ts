/** Records a measured spectrum: settings, probes and overlaps in one transaction, once per client-made id. */
import { spectrumSchema, type NewSpectrum } from '@ritz/records';
import { requireScope } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { transaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { parse } from '../input/parse.ts';
import type { Spectrum } from './selectSpectra.ts';
import { spectrumRows } from './SpectrumRows.ts';
import { writeSpectra } from './write.ts';

export interface RecordedSpectrum {
  readonly spectrum: Spectrum;
  /** False when the same spectrum was there already. */
  readonly created: boolean;
}

/**
 * The step's row is created when it has not been logged yet.
 * @throws DatabaseError FORBIDDEN; NOT_FOUND for the run; CONFLICT when the id exists with other values, or the step
 *   already has a spectrum of this operator and block; NON_FINITE naming probe and entry; INVALID for lengths and ranges.
 */
export async function record(database: Database, newSpectrum: NewSpectrum): Promise<RecordedSpectrum> {
  requireScope(database, 'write');
  const rows = spectrumRows(parse(spectrumSchema, newSpectrum));
  return transaction(database, async (orm) => {
    const [written] = await writeSpectra(database, orm, [rows]);
    if (written === undefined) throw new DatabaseError('QUERY_FAILED', 'Nothing was written.');
    if (written.status === 'REFUSED') throw written.error;
    return { spectrum: written.spectrum, created: written.status === 'CREATED' };
  });
}

/**
 * Records all of them or none.
 * @throws DatabaseError as `record` does, its field below `spectra` and the position.
 */
export async function recordAll(database: Database, newSpectra: readonly NewSpectrum[]): Promise<RecordedSpectrum[]> {
  requireScope(database, 'write');
  const rows = newSpectra.map((one, at) => inPlace(at, () => spectrumRows(parse(spectrumSchema, one))));
  return transaction(database, async (orm) => {
    const written = await writeSpectra(database, orm, rows);
    return written.map((verdict, at) => {
      if (verdict.status !== 'REFUSED') return { spectrum: verdict.spectrum, created: verdict.status === 'CREATED' };
      return inPlace(at, () => {
        throw verdict.error;
      });
    });
  });
}

/** Puts the position before the field of an error. */
function inPlace<Result>(at: number, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new DatabaseError(error.code, `spectra[${at}]: ${error.message}`, {
      field: ['spectra', String(at), ...(error.field ?? [])],
      cause: error,
    });
  }
}
