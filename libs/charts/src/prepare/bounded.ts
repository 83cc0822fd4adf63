/** Adds error bars to a curve. */
import type { ChartSeries } from './ChartSeries.ts';

/**
 * The curve with error bars from value − half-width to value + half-width, where both are known.
 * @param halfWidthAt by x, in units of y; null if unknown
 * @param lowest lower bound of the values
 */
export function bounded(
  series: ChartSeries,
  halfWidthAt: (x: number) => number | null | undefined,
  lowest = -Infinity,
): ChartSeries {
  const end = (sign: number): (number | null)[] =>
    series.x.map((at, index) => {
      const halfWidth = halfWidthAt(at) ?? null;
      const value = series.y[index] ?? null;
      return halfWidth === null || value === null ? null : Math.max(lowest, value + sign * halfWidth);
    });
  return { ...series, lower: end(-1), upper: end(1) };
}

/** Half-width of a 95 % interval in standard errors (normal distribution). */
const standardErrors = 1.96;

/** Half the width of the 95 % confidence interval of an estimate over random probes; null with a single probe. */
export function confidence95({ standardError }: { readonly standardError: number | null }): number | null {
  return standardError === null ? null : standardErrors * standardError;
}
