'use client';
/** The name of each curve at its end, in its colour. */
import { usePlotArea } from 'recharts';
import { apart } from '../prepare/apart.ts';
import type { AxisScale } from '../prepare/axisScale.ts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import { linePath } from '../prepare/linePath.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { ink } from './theme.ts';

export interface DirectLabelsProps {
  readonly series: readonly ChartSeries[];
  readonly x: AxisScale;
  readonly y: AxisScale;
}

/** Room to the right of the plot, in CSS pixels. */
export const labelWidth = 104;
/** More names than this would not stand beside their curves. */
export const mostLabels = 8;
const labelHeight = 13;
const mostLetters = 15;

function short(name: string): string {
  return name.length > mostLetters ? `${name.slice(0, mostLetters - 1)}…` : name;
}

export function DirectLabels({ series, x, y }: DirectLabelsProps) {
  const plot = usePlotArea();
  if (!plot) return null;
  const ends = series.map((one) => ({ one, ...linePath(one, x, y, plot) })).filter(({ path }) => path !== '');
  return (
    <g className="ritz-labels" pointerEvents="none" aria-hidden="true">
      {apart(ends, { top: plot.y, bottom: plot.y + plot.height }, labelHeight).map(({ one, at }) => (
        <g key={one.id} className={`series-${one.id}`}>
          <circle cx={plot.x + plot.width + 7} cy={at} r={3} fill={seriesStyle(one.style).colour} />
          <text x={plot.x + plot.width + 14} y={at + 4} fontSize={11.5} fill={ink}>
            {short(one.label)}
          </text>
        </g>
      ))}
    </g>
  );
}
