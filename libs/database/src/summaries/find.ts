/** Stored statistics of spectra, and the spectra that have none of this version. */
import { isUuid } from '@ritz/records';
import { summaryKeys, summaryVersion, type SpectrumSummary } from '@ritz/spectra';
import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { visibleSpectrum } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { inOrder } from '../input/inOrder.ts';
import type { SpectrumSeries } from '../runs/RunValue.ts';
import { run } from '../schema/run.ts';
import { spectrum } from '../schema/spectrum.ts';
import { spectrumSummary } from '../schema/spectrumSummary.ts';

/** What is needed to compute a summary. */
export interface UnsummarisedSpectrum {
  readonly id: string;
  readonly revision: string;
  readonly parameterCount: number;
  /** Of its run. */
  readonly classes: number | null;
}

/** The stored summary of each spectrum; null where there is none of this version. */
export async function bySpectra(
  database: Database,
  spectrumIds: readonly string[],
): Promise<(SpectrumSummary | null)[]> {
  const rows = await query(database, (orm) =>
    orm
      .select()
      .from(spectrumSummary)
      .where(
        and(
          inArray(spectrumSummary.spectrumId, spectrumIds.filter(isUuid)),
          eq(spectrumSummary.version, summaryVersion),
          visibleSpectrum(database, spectrumSummary.spectrumId),
        ),
      ),
  );
  return inOrder(spectrumIds, rows, (row) => row.spectrumId).map((row) => row && summaryOf(row));
}

function summaryOf({ values, standardErrors }: typeof spectrumSummary.$inferSelect): SpectrumSummary {
  // What is null in an array of the server is NaN here.
  return Object.fromEntries(
    summaryKeys.flatMap((key, at) => {
      const value = values[at] ?? NaN;
      const standardError = standardErrors[at] ?? NaN;
      if (Number.isNaN(value)) return [];
      return [[key, { value, standardError: Number.isNaN(standardError) ? null : standardError }]];
    }),
  );
}

/**
 * Spectra without a summary of this version, the newest first, of every project: what is computed of them is nobody's answer.
 * @param within spectra of one series, of some runs, or given ones; all unless given.
 */
export function missing(
  database: Database,
  limit: number,
  within: {
    readonly series?: SpectrumSeries;
    readonly runIds?: readonly string[];
    readonly ids?: readonly string[];
  } = {},
): Promise<UnsummarisedSpectrum[]> {
  const { series, runIds, ids } = within;
  return query(database, (orm) =>
    orm
      .select({
        id: spectrum.id,
        revision: spectrum.revision,
        parameterCount: spectrum.parameterCount,
        classes: run.classes,
      })
      .from(spectrum)
      .innerJoin(run, eq(run.id, spectrum.runId))
      .where(
        and(
          series && eq(spectrum.operator, series.operator),
          series && eq(spectrum.block, series.block),
          series && eq(spectrum.preconditioner, series.preconditioner),
          runIds && inArray(spectrum.runId, runIds.filter(isUuid)),
          ids && inArray(spectrum.id, ids.filter(isUuid)),
          withoutSummary(),
        ),
      )
      .orderBy(desc(spectrum.updatedAt), desc(spectrum.id))
      .limit(limit),
  );
}

function withoutSummary(): SQL {
  return sql`not exists (select 1 from ${spectrumSummary}
    where ${spectrumSummary.spectrumId} = ${spectrum.id} and ${spectrumSummary.version} = ${summaryVersion})`;
}
