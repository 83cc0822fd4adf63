/** The statistics that a table of runs can show: those of the catalogue that need no option. */
import { plainStatisticNames, statistics, type StatisticName } from '@ritz/spectra';
import { statisticCurve } from './statisticCurve.ts';

export interface StatisticColumn {
  readonly name: StatisticName;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  readonly format: (value: number) => string;
}

export const statisticColumns: readonly StatisticColumn[] = plainStatisticNames
  .filter((name) => statistics[name].sortable)
  .map((name) => {
    const { title, reading, format } = statisticCurve(name);
    return { name, title, description: reading, format };
  });
