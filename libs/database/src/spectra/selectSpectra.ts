/** Spectra with the number of their probes. */
import { and, getTableColumns, sql, type SQL } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { probe } from '../schema/probe.ts';
import { spectrum } from '../schema/spectrum.ts';

/** A row of the table with the number of its probes. */
export type Spectrum = Readonly<typeof spectrum.$inferSelect> & { readonly probeCount: number };

const columns = {
  ...getTableColumns(spectrum),
  probeCount: sql<number>`(select count(*)::int from ${probe} where ${probe.spectrumId} = ${spectrum.id})`,
};

/** A query of the Spectrum rows that exist for this access and match. */
export function selectSpectra(database: Database, orm: Executor, matches: SQL | undefined) {
  return orm
    .select(columns)
    .from(spectrum)
    .where(and(visibleRun(database, spectrum.runId), matches))
    .$dynamic();
}
