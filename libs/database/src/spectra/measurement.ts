/**
 * What makes a measurement: two spectra that agree in all of it are the same measurement, whatever their ids. The table keeps
 * its digest, since an index over the columns themselves would have no room for long names.
 */
import { sql, type SQL } from 'drizzle-orm';
import { spectrum } from '../schema/spectrum.ts';
import type { SpectrumRows } from './SpectrumRows.ts';
import type { Spectrum } from './selectSpectra.ts';

const identity = [
  'operator',
  'block',
  'dataFingerprint',
  'dataSize',
  'batchNorm',
  'lanczosSteps',
  'seed',
  'probeLaw',
  'reorthogonalisation',
  'precision',
  'lossReduction',
  'weightDecayIncluded',
  'engine',
  'preconditioner',
  'batchSize',
] as const satisfies readonly (keyof SpectrumRows['settings'] & keyof Spectrum)[];

/** Equal for the same measurement of one step. */
export function measurementOf(settings: SpectrumRows['settings'] | Spectrum): string {
  return JSON.stringify([settings.runId, settings.stepNumber, ...identity.map((field) => settings[field])]);
}

/** Its digest, of a row that has the columns by their names. Migrations compute the same for older rows. */
export function measurementDigest(): SQL {
  const columns = identity.map((field) => sql`${sql.identifier(spectrum[field].name)}::text`);
  return sql`md5(concat_ws(e'\\x1f', ${sql.join(columns, sql`, `)}))::uuid`;
}
