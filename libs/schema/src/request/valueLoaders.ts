/** Loaders of numbers: stored statistics of spectra, and those of runs at chosen positions. */
import DataLoader from 'dataloader';
import { runs, type Database, type RunMeasure, type RunStatistic, type RunValue } from '@ritz/database';
import type { SpectrumSummary } from '@ritz/spectra';
import type { Budget } from './budget.ts';
import { alike } from './alike.ts';
import { ensureSummaries, summariesOf } from './summaries.ts';

interface StatisticsKey {
  readonly id: string;
  readonly statistics: readonly RunStatistic[];
}

interface MeasuresKey {
  readonly id: string;
  readonly measures: readonly RunMeasure[];
}

export interface ValueLoaders {
  /** By spectrum id: its statistics that need no option. */
  readonly summaryOfSpectrum: DataLoader<string, SpectrumSummary>;
  /** In the order of the key; null where the run was not measured. */
  readonly statisticsOfRun: DataLoader<StatisticsKey, readonly (RunValue | null)[], string>;
  readonly measuresOfRun: DataLoader<MeasuresKey, readonly (RunValue | null)[], string>;
}

/** Keys of one statement: each is a parameter, and PostgreSQL takes 65,535 of them. */
const batch = { maxBatchSize: 10_000 };

export function createValueLoaders(database: Database, budget: Budget): ValueLoaders {
  const asked = { database, budget };
  return {
    summaryOfSpectrum: new DataLoader((ids) => summariesOf(asked, ids), batch),
    statisticsOfRun: new DataLoader(
      (keys: readonly StatisticsKey[]) =>
        alike(
          keys,
          ({ statistics }) => statistics,
          async (some, statistics) => {
            const ids = some.map(({ id }) => id);
            await ensureSummaries(asked, statistics, ids);
            return runs.statisticsOf(database, ids, statistics);
          },
        ),
      { ...batch, cacheKeyFn: JSON.stringify },
    ),
    measuresOfRun: new DataLoader(
      (keys: readonly MeasuresKey[]) =>
        alike(
          keys,
          ({ measures }) => measures,
          (some, measures) =>
            runs.measuresOf(
              database,
              some.map(({ id }) => id),
              measures,
            ),
        ),
      { ...batch, cacheKeyFn: JSON.stringify },
    ),
  };
}
