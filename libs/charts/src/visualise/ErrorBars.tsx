'use client';
/** Error bars of the curves that have them. */
import type { AxisScale } from '../prepare/axisScale.ts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import { errorBars } from '../prepare/segments.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { Strokes } from './layers.tsx';

export interface ErrorBarsProps {
  readonly series: readonly ChartSeries[];
  readonly x: AxisScale;
  readonly y: AxisScale;
}

const width = 1.25;

export function ErrorBars({ series, x, y }: ErrorBarsProps) {
  return series.map((one) => (
    <Strokes
      key={one.id}
      x={x}
      y={y}
      segments={errorBars(one, x, y)}
      colour={seriesStyle(one.style).colour}
      width={width}
    />
  ));
}
