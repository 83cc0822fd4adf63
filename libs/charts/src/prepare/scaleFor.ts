/** Chooses the vertical axis for given curves. */
import { linearScale, logScale, type AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';
import { valueDomain } from './domain.ts';

const empty = [0.1, 1] as const;

/** What of a curve the axis holds: its band too, while error bars are clipped. */
function columnsOf({ y, band, lower = [], upper = [] }: ChartSeries): (readonly (number | null)[])[] {
  return band === true ? [y, lower, upper] : [y];
}

/** Logarithmic, for positive quantities. */
export function logScaleFor(series: readonly ChartSeries[]): AxisScale {
  return logScale(valueDomain(series.flatMap(columnsOf), { positive: true }) ?? empty);
}

/** Linear. */
export function linearScaleFor(series: readonly ChartSeries[], include: readonly number[] = []): AxisScale {
  return linearScale(valueDomain(series.flatMap(columnsOf), { include }) ?? empty);
}

/** For shares: always 0 to 1. */
export function shareScale(): AxisScale {
  return linearScale([0, 1]);
}
