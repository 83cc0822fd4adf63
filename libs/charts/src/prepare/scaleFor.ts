/** Chooses the vertical axis for given curves. */
import { linearScale, logScale, symlogScale, type AxisScale } from './axisScale.ts';
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

/** Symlog, for both signs over several decades; its linear part is a thousandth of the largest value. */
export function symlogScaleFor(series: readonly ChartSeries[]): AxisScale {
  const domain =
    valueDomain(
      series.map(({ y }) => y),
      { include: [0] },
    ) ?? empty;
  const largest = Math.max(Math.abs(domain[0]), Math.abs(domain[1]));
  return symlogScale(domain, largest / 1000);
}

/** For shares: always 0 to 1. */
export function shareScale(): AxisScale {
  return linearScale([0, 1]);
}
