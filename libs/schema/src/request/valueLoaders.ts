/** Loaders of numbers: stored statistics of spectra, and those of runs at chosen positions. */
import DataLoader from 'dataloader';
import { runs, type Database, type RunMeasure, type RunStatistic, type RunValue } from '@ritz/database';
import type { SpectrumSummary } from '@ritz/spectra';
import type { Budget } from './budget.ts';
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
          async (ids, statistics) => {
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
          (ids, measures) => runs.measuresOf(database, ids, measures),
        ),
      { ...batch, cacheKeyFn: JSON.stringify },
    ),
  };
}

/** One statement for all runs that the same is asked of; answers in the order of the keys. */
async function alike<Key extends { readonly id: string }, Wanted, Answer>(
  keys: readonly Key[],
  wantedOf: (key: Key) => Wanted,
  read: (ids: readonly string[], wanted: Wanted) => Promise<readonly Answer[]>,
): Promise<Answer[]> {
  const groups = new Map<string, Key[]>();
  for (const key of keys) {
    const name = JSON.stringify(wantedOf(key));
    const group = groups.get(name) ?? [];
    group.push(key);
    groups.set(name, group);
  }
  const found = new Map<Key, Answer>();
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const answers = await read(
      group.map(({ id }) => id),
      wantedOf(first),
    );
    group.forEach((key, at) => found.set(key, answers[at] as Answer));
  }
  return keys.map((key) => found.get(key) as Answer);
}
