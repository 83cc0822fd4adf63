/** The bands of curves over steps, in positions. */
import type { AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';

export interface SeriesBand {
  readonly id: string;
  readonly style: number;
  readonly x: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Of those curves that have one; where an end is unknown, the band leaves the point out. */
export function seriesBands(series: readonly ChartSeries[], x: AxisScale, y: AxisScale): SeriesBand[] {
  const [bottom, top] = y.domain;
  const within = (value: number): number => y.position(Math.min(top, Math.max(bottom, value)));
  return series.flatMap(({ id, style, x: places, lower, upper, band }) => {
    if (band !== true || !lower || !upper) return [];
    const points = places.flatMap((place, index) => {
      const [low, high] = [lower[index] ?? null, upper[index] ?? null];
      return low === null || high === null ? [] : [[x.position(place), within(low), within(high)] as const];
    });
    return [
      {
        id,
        style,
        x: points.map(([place]) => place),
        low: points.map(([, low]) => low),
        high: points.map(([, , high]) => high),
      },
    ];
  });
}
