/** How a statistic of the catalogue is drawn along the training: its words, and the axis that suits its unit. */
import { statistics, type StatisticName, type StatisticUnit } from '@ritz/spectra';
import type { AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';
import { formatNumber, formatShare } from './formatNumber.ts';
import { linearScaleFor, logScaleFor } from './scaleFor.ts';

export type { StatisticName };

export interface StatisticCurve {
  readonly title: string;
  /** Short label for a selector. */
  readonly label: string;
  readonly reading: string;
  readonly yTitle: string;
  readonly scale: (series: readonly ChartSeries[]) => AxisScale;
  readonly format: (value: number) => string;
}

type UnitAxis = Pick<StatisticCurve, 'yTitle' | 'scale' | 'format'>;

const axes: Readonly<Record<StatisticUnit, UnitAxis>> = {
  curvature: { yTitle: 'in units of λ', scale: logScaleFor, format: formatNumber },
  share: { yTitle: 'share of eigenvalues', scale: (series) => linearScaleFor(series, [0]), format: formatShare },
  count: { yTitle: 'eigenvalues', scale: (series) => linearScaleFor(series, [0]), format: formatNumber },
  ratio: { yTitle: 'ratio', scale: (series) => linearScaleFor(series, [1]), format: formatNumber },
};

export function statisticCurve(name: StatisticName): StatisticCurve {
  const { title, description, unit } = statistics[name];
  return { title, label: title.toLowerCase(), reading: description, ...axes[unit] };
}
