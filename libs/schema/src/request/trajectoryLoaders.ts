/** Loaders of trajectories: what is asked of several runs in one moment is read by one statement, so that its arrays belong together. */
import DataLoader from 'dataloader';
import { spectra, type Database, type OverlapTrajectory, type SpectrumSeries } from '@ritz/database';
import type { Budget } from './budget.ts';
import { alike } from './alike.ts';
import { ensureSeries } from './summaries.ts';

interface SeriesKey {
  readonly runId: string;
  readonly series: SpectrumSeries;
}

interface ColumnKey extends SeriesKey {
  /** Of a summary; null = the spectra alone. */
  readonly statistic: string | null;
}

/** One entry of each array for every measured step, ascending. */
interface TrajectoryColumn {
  readonly ids: readonly string[];
  readonly steps: readonly number[];
  readonly dataSizes: readonly number[];
  /** Empty where only the spectra were asked for; null where a spectrum does not have the statistic. */
  readonly values: readonly (number | null)[];
}

export interface TrajectoryLoaders {
  readonly trajectory: DataLoader<ColumnKey, TrajectoryColumn, string>;
  readonly overlapTrajectories: DataLoader<SeriesKey, readonly OverlapTrajectory[], string>;
  /** By run id: every operator, block and preconditioner that it has spectra of. */
  readonly seriesOfRun: DataLoader<string, readonly SpectrumSeries[]>;
}

export function createTrajectoryLoaders(database: Database, budget: Budget): TrajectoryLoaders {
  return {
    trajectory: new DataLoader(
      (keys) => alike(keys, seriesOf, (some, series) => columns({ database, budget }, some, series)),
      { cacheKeyFn: (key) => JSON.stringify([key.runId, seriesOf(key), key.statistic]) },
    ),
    overlapTrajectories: new DataLoader(
      (keys) =>
        alike(keys, seriesOf, (some, series) =>
          spectra.overlapTrajectories(
            database,
            some.map(({ runId }) => runId),
            series,
          ),
        ),
      { cacheKeyFn: (key) => JSON.stringify([key.runId, seriesOf(key)]) },
    ),
    seriesOfRun: new DataLoader((ids) => spectra.seriesOfRuns(database, ids), { maxBatchSize: 10_000 }),
  };
}

/** Statistics that are not stored are computed first. */
async function columns(
  asked: { readonly database: Database; readonly budget: Budget },
  keys: readonly ColumnKey[],
  series: SpectrumSeries,
): Promise<TrajectoryColumn[]> {
  const runIds = [...new Set(keys.map(({ runId }) => runId))];
  const statistics = [...new Set(keys.flatMap(({ statistic }) => statistic ?? []))];
  for (;;) {
    const found = await spectra.trajectories(asked.database, runIds, series, statistics);
    const incomplete = runIds.filter((_, at) => found[at]?.summarised.includes(false));
    if (statistics.length > 0 && incomplete.length > 0) {
      await ensureSeries(asked, series, incomplete);
      continue;
    }
    const byRun = new Map(runIds.map((id, at) => [id, found[at]]));
    return keys.map(({ runId, statistic }) => {
      const { ids = [], steps = [], dataSizes = [], values = [] } = byRun.get(runId) ?? {};
      return { ids, steps, dataSizes, values: (statistic === null ? [] : values[statistics.indexOf(statistic)]) ?? [] };
    });
  }
}

/** Alone: what has more fields, as a row has, is no other series. */
function seriesOf({ series: { operator, block, preconditioner } }: SeriesKey): SpectrumSeries {
  return { operator, block, preconditioner };
}
