/** Stores statistics of spectra that were computed from what is stored. */
import { summaryVersion, type SpectrumSummary } from '@ritz/spectra';
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
  const rows = summaries.map(({ spectrumId, revision, statistics }) => ({ id: spectrumId, revision, statistics }));
  await query(database, (orm) =>
    orm.execute(sql`
      insert into ${spectrumSummary} (spectrum_id, version, statistics)
      select ${spectrum.id}, ${summaryVersion}, given.statistics
      from json_to_recordset(${JSON.stringify(rows)}::json) as given (id uuid, revision uuid, statistics jsonb)
      join ${spectrum} on ${spectrum.id} = given.id and ${spectrum.revision} = given.revision
      order by ${spectrum.id}
      for key share of ${spectrum}
      on conflict (spectrum_id) do update set version = excluded.version, statistics = excluded.statistics`),
  );
}
