/** What spectra were measured with. */
import type { Precision } from '@ritz/records';
import { and, asc, desc, sql } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { spectrum } from '../schema/spectrum.ts';

/** The spectra of one engine in one precision. */
export interface EngineUse {
  readonly engine: string;
  readonly precision: Precision;
  readonly spectrumCount: number;
  readonly runCount: number;
  /** When the newest of them was stored. */
  readonly lastUsedAt: Date;
}

const mostEngines = 100;

/** Engines of the spectra that exist for this access, the one used last first, at most 100. */
export function engines(database: Database): Promise<EngineUse[]> {
  const lastUsedAt = sql`max(${spectrum.createdAt})`;
  return query(database, (orm) =>
    orm
      .select({
        engine: spectrum.engine,
        precision: spectrum.precision,
        spectrumCount: sql<number>`count(*)::int`,
        runCount: sql<number>`count(distinct ${spectrum.runId})::int`,
        lastUsedAt: sql`${lastUsedAt}`.mapWith(spectrum.createdAt),
      })
      .from(spectrum)
      .where(and(visibleRun(database, spectrum.runId)))
      .groupBy(spectrum.engine, spectrum.precision)
      .orderBy(desc(lastUsedAt), asc(spectrum.engine), asc(spectrum.precision))
      .limit(mostEngines),
  ) as Promise<EngineUse[]>;
}
