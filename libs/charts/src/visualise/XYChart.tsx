'use client';
/** Curves on given axes. */
import { useId } from 'react';
import { ComposedChart, Tooltip } from 'recharts';
import type { AxisScale, Domain } from '../prepare/axisScale.ts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import type { Cursor } from '../prepare/cursor.ts';
import { chartRows } from '../prepare/rows.ts';
import { axes } from './axes.tsx';
import { Brush } from './Brush.tsx';
import { curves } from './curves.tsx';
import { ErrorBars } from './ErrorBars.tsx';
import { Frame, margin } from './Frame.tsx';
import { ReadingTooltip } from './ReadingTooltip.tsx';
import { SharedCursor } from './SharedCursor.tsx';
import { muted } from './theme.ts';

export interface XYChartProps {
  /** Accessible description of the chart. */
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly formatY?: (value: number) => string;
  readonly height?: number;
  /** Shared with the other charts over the same λ axis. */
  readonly cursor?: Cursor | undefined;
  /** Called with a range selected by dragging. */
  readonly onZoom?: (domain: Domain) => void;
}

export function XYChart(props: XYChartProps) {
  const { label, series, x, y, xTitle, yTitle, formatY, height = 260, cursor, onZoom } = props;
  const { rows, stretches } = chartRows(series, x, y);
  const own = useId();
  return (
    <Frame height={height}>
      <ComposedChart
        data={[...rows]}
        margin={margin}
        title={label}
        onMouseMove={({ activeLabel }) => {
          if (typeof activeLabel === 'number') cursor?.set({ value: x.value(activeLabel), source: own });
        }}
        onMouseLeave={() => {
          cursor?.set(null);
        }}
      >
        {axes({ x, y, xTitle, yTitle })}
        <ErrorBars series={series} x={x} y={y} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: muted, strokeWidth: 1 }}
          content={({ active, label: place }) => (
            <ReadingTooltip series={series} scale={x} xName={xTitle} formatY={formatY} active={active} label={place} />
          )}
        />
        {curves(stretches)}
        {cursor && <SharedCursor cursor={cursor} own={own} series={series} x={x} y={y} formatY={formatY} />}
        {onZoom && <Brush x={x} onBrush={onZoom} />}
      </ComposedChart>
    </Frame>
  );
}
