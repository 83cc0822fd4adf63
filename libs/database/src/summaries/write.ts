/** Stores statistics of spectra that were computed from what is stored. */
import { summaryKeys, summaryVersion, type SpectrumSummary } from '@ritz/spectra';
import { sql } from 'drizzle-orm';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { spectrum } from '../schema/spectrum.ts';
import { spectrumSummary } from '../schema/spectrumSummary.ts';

export interface NewSummary {
  readonly spectrumId: string;
  /** Of the spectrum that it was computed from. */
  readonly revision: string;
  readonly statistics: SpectrumSummary;
}

/**
 * Stores those whose spectrum is still the one they were computed from. Needs no scope: whoever may read a spectrum may have its
 * statistics computed.
 */
export async function store(database: Database, summaries: readonly NewSummary[]): Promise<void> {
  if (summaries.length === 0) return;
  const rows = summaries.map(({ spectrumId, revision, statistics }) => ({
    id: spectrumId,
    revision,
    values: summaryKeys.map((key) => statistics[key]?.value ?? null),
    standard_errors: summaryKeys.map((key) => statistics[key]?.standardError ?? null),
  }));
  await query(database, (orm) =>
    orm.execute(sql`
      insert into ${spectrumSummary} (spectrum_id, version, "values", standard_errors)
      select ${spectrum.id}, ${summaryVersion}, given."values", given.standard_errors
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as given (id uuid, revision uuid, "values" double precision[], standard_errors double precision[])
      join ${spectrum} on ${spectrum.id} = given.id and ${spectrum.revision} = given.revision
      order by ${spectrum.id}
      for key share of ${spectrum}
      on conflict (spectrum_id) do update
        set version = excluded.version, "values" = excluded."values", standard_errors = excluded.standard_errors`),
  );
}
