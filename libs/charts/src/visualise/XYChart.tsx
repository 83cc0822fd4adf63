'use client';
/** Curves on given axes. */
import { ComposedChart, Tooltip } from 'recharts';
import type { AxisScale, Domain } from '../prepare/axisScale.ts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import { chartRows } from '../prepare/rows.ts';
import { axes } from './axes.tsx';
import { Brush } from './Brush.tsx';
import { curves } from './curves.tsx';
import { ErrorBars } from './ErrorBars.tsx';
import { Frame, margin } from './Frame.tsx';
import { ReadingTooltip } from './ReadingTooltip.tsx';
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
  /** Called with a range selected by dragging. */
  readonly onZoom?: (domain: Domain) => void;
}

export function XYChart({ label, series, x, y, xTitle, yTitle, formatY, height = 260, onZoom }: XYChartProps) {
  const { rows, stretches } = chartRows(series, x, y);
  return (
    <Frame height={height}>
      <ComposedChart data={[...rows]} margin={margin} title={label}>
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
        {onZoom && <Brush x={x} onBrush={onZoom} />}
      </ComposedChart>
    </Frame>
  );
}
