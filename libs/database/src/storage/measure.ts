/** What the database takes on disk, table by table. */
import { requireEveryProject } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { sql } from 'drizzle-orm';

export interface TableStorage {
  readonly name: string;
  /** On disk, with its indexes and its values kept apart. */
  readonly bytes: number;
  /** As PostgreSQL's statistics count them: close, not exact. */
  readonly rows: number;
}

export interface Storage {
  /** The whole database on disk, PostgreSQL's own catalogues too. */
  readonly databaseBytes: number;
  /** The largest first. */
  readonly tables: readonly TableStorage[];
  readonly runCount: number;
  readonly archivedRunCount: number;
  readonly spectrumCount: number;
  /** Of spectra with everything that was measured of them, indexes included; `null` without a spectrum. */
  readonly bytesPerSpectrum: number | null;
}

/** The tables whose rows belong to spectra. */
const spectrumTables: readonly string[] = ['spectrum', 'probe', 'overlap', 'gradient_energy', 'top_space'];

/** @throws DatabaseError FORBIDDEN for the token of one project: the disk is everybody's. */
export async function measure(database: Database): Promise<Storage> {
  requireEveryProject(database, 'What is stored');
  return query(database, async (orm) => {
    const tables = await orm.execute<{ name: string; bytes: string; rows: string }>(sql`
      select relname as name, pg_total_relation_size(relid) as bytes, n_live_tup as rows
      from pg_stat_user_tables where schemaname = 'public' order by 2 desc, 1`);
    const counts = await orm.execute<{ database: string; runs: number; archived: number; spectra: number }>(sql`
      select pg_database_size(current_database()) as database,
        (select count(*)::int from run) as runs,
        (select count(*)::int from run where archived) as archived,
        (select count(*)::int from spectrum) as spectra`);
    const [count] = counts.rows;
    const listed = tables.rows.map(({ name, bytes, rows }) => ({ name, bytes: Number(bytes), rows: Number(rows) }));
    const ofSpectra = listed
      .filter(({ name }) => spectrumTables.includes(name))
      .reduce((sum, { bytes }) => sum + bytes, 0);
    const spectrumCount = count?.spectra ?? 0;
    return {
      databaseBytes: Number(count?.database ?? 0),
      tables: listed,
      runCount: count?.runs ?? 0,
      archivedRunCount: count?.archived ?? 0,
      spectrumCount,
      bytesPerSpectrum: spectrumCount === 0 ? null : ofSpectra / spectrumCount,
    };
  });
}
