/** Chooses the vertical axis for given curves. */
import { linearScale, logScale, type AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';
import { valueDomain } from './domain.ts';

const empty = [0.1, 1] as const;

/** Logarithmic, for positive quantities. */
export function logScaleFor(series: readonly ChartSeries[]): AxisScale {
  return logScale(
    valueDomain(
      series.map(({ y }) => y),
      { positive: true },
    ) ?? empty,
  );
}

/** Linear. */
export function linearScaleFor(series: readonly ChartSeries[], include: readonly number[] = []): AxisScale {
  return linearScale(
    valueDomain(
      series.map(({ y }) => y),
      { include },
    ) ?? empty,
  );
}

/** For shares: always 0 to 1. */
export function shareScale(): AxisScale {
  return linearScale([0, 1]);
}
