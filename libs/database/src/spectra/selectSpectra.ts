/** Spectra with the number of their probes. */
import { getTableColumns, sql } from 'drizzle-orm';
import type { Executor } from '../connection/Database.ts';
import { probe } from '../schema/probe.ts';
import { spectrum } from '../schema/spectrum.ts';

const columns = {
  ...getTableColumns(spectrum),
  probeCount: sql<number>`(select count(*)::int from ${probe} where ${probe.spectrumId} = ${spectrum.id})`,
};

/** A query of Spectrum rows, to be narrowed by the caller. */
export function selectSpectra(orm: Executor) {
  return orm.select(columns).from(spectrum).$dynamic();
}
