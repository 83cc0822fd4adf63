'use client';
/** Curves over any quantity, on axes made ready elsewhere. */
import { ComposedChart, Tooltip } from 'recharts';
import type { AxisScale } from '../prepare/axisScale.ts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import { chartRows } from '../prepare/rows.ts';
import { axes } from './axes.tsx';
import { curves } from './curves.tsx';
import { Frame, MARGIN } from './Frame.tsx';
import { ReadingTooltip } from './ReadingTooltip.tsx';
import { MUTED } from './theme.ts';

export interface XYChartProps {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly height?: number;
}

export function XYChart({ label, series, x, y, xTitle, yTitle, height = 260 }: XYChartProps) {
  const { rows, stretches } = chartRows(series, x, y);
  return (
    <Frame height={height}>
      <ComposedChart data={[...rows]} margin={MARGIN} title={label}>
        {axes({ x, y, xTitle, yTitle })}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: MUTED, strokeWidth: 1 }}
          content={({ active, label: place }) => (
            <ReadingTooltip series={series} scale={x} xName={xTitle} active={active} label={place} />
          )}
        />
        {curves(stretches)}
      </ComposedChart>
    </Frame>
  );
}
