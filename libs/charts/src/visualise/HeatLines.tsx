'use client';
/** Lines over a heat map, each named at its end, legible on light and dark colours. */
import { usePlotArea } from 'recharts';
import { apart } from '../prepare/apart.ts';
import type { AxisScale } from '../prepare/axisScale.ts';
import { linePath } from '../prepare/linePath.ts';
import { ink } from './theme.ts';

export interface HeatLine {
  readonly label: string;
  /** Ascending. */
  readonly x: readonly number[];
  /** Null: unknown, a gap. */
  readonly y: readonly (number | null)[];
  readonly dashed?: boolean;
  /** Constant from each x to the next. */
  readonly staircase?: boolean;
}

export interface HeatLinesProps {
  readonly lines: readonly HeatLine[];
  readonly x: AxisScale;
  readonly y: AxisScale;
}

/** Least distance between the names, in CSS pixels. */
const nameHeight = 13;
const dash = '5 3';
const halo = 'var(--chart-surface)';

export function HeatLines({ lines, x, y }: HeatLinesProps) {
  const plot = usePlotArea();
  if (!plot) return null;
  const drawn = lines.map((line) => ({ line, ...linePath(line, x, y, plot) })).filter(({ path }) => path !== '');
  return (
    <g className="ritz-heat-lines" pointerEvents="none">
      {drawn.map(({ line: { label, dashed }, path }) => (
        <g key={label} fill="none" strokeLinejoin="round">
          <path d={path} stroke={halo} strokeWidth={3.5} strokeOpacity={0.75} />
          <path d={path} stroke={ink} strokeWidth={1.25} {...(dashed ? { strokeDasharray: dash } : {})} />
        </g>
      ))}
      {apart(drawn, { top: plot.y, bottom: plot.y + plot.height }, nameHeight).map(({ line: { label }, at }) => (
        <text key={label} x={plot.x + plot.width + 5} y={at + 4} fontSize={12} fill={ink}>
          {label}
        </text>
      ))}
    </g>
  );
}
