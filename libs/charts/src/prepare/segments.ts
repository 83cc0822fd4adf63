/** Line segments of a chart in axis positions: error bars, rugs, marks. */
import type { AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';

export interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Half-width of error-bar caps as a share of the axis. */
const capShare = 0.003;

/** Error bars with caps, clipped to the axes; none where the bound is unknown. */
export function errorBars({ x, y, lower, upper, band }: ChartSeries, xScale: AxisScale, yScale: AxisScale): Segment[] {
  if (!lower || !upper || band === true) return [];
  const [bottom, top] = yScale.domain;
  const [start, end] = xScale.domain.map(xScale.position) as [number, number];
  const cap = capShare * (end - start);
  const within = (value: number): number => yScale.position(Math.min(top, Math.max(bottom, value)));
  return x.flatMap((at, index) => {
    const [value, low, high] = [y[index] ?? null, lower[index] ?? null, upper[index] ?? null];
    if (value === null || low === null || high === null || value < bottom || value > top) return [];
    const [place, from, to] = [xScale.position(at), within(low), within(high)];
    return [
      { x1: place, y1: from, x2: place, y2: to },
      { x1: place - cap, y1: from, x2: place + cap, y2: from },
      { x1: place - cap, y1: to, x2: place + cap, y2: to },
    ];
  });
}
