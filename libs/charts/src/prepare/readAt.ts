/** Reads curves at the pointer. */
import type { AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';

export interface Reading {
  readonly series: ChartSeries;
  readonly x: number;
  readonly y: number;
}

/** Hit distance as a share of the axis. */
const reachShare = 0.015;

/** The measured point of each series nearest to `x` within the hit distance, without interpolation. */
export function readAt(series: readonly ChartSeries[], x: number, scale: AxisScale): Reading[] {
  const reach = reachShare * (scale.position(scale.domain[1]) - scale.position(scale.domain[0]));
  const place = scale.position(x);
  const readings: Reading[] = [];
  for (const one of series) {
    let nearest: Reading | null = null;
    let distance = reach;
    for (const [index, own] of one.x.entries()) {
      const value = one.y[index];
      const off = Math.abs(scale.position(own) - place);
      if (typeof value !== 'number' || off > distance) continue;
      distance = off;
      nearest = { series: one, x: own, y: value };
    }
    if (nearest) readings.push(nearest);
  }
  return readings;
}
