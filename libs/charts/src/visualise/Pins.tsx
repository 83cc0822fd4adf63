'use client';
/** Numbered pins at values of the horizontal axis, for remarks beneath the chart. */
import { usePlotArea } from 'recharts';
import type { AxisScale } from '../prepare/axisScale.ts';
import { shareAlong } from '../prepare/shareAlong.ts';
import { accent } from './theme.ts';

export interface PinsProps {
  /** In their order: the first is numbered 1. */
  readonly values: readonly number[];
  readonly x: AxisScale;
}

const radius = 8;

export function Pins({ values, x }: PinsProps) {
  const plot = usePlotArea();
  if (!plot) return null;
  return (
    <g className="ritz-pins" pointerEvents="none">
      {values.map((value, index) => {
        const across = plot.x + shareAlong(x, value) * plot.width;
        return (
          <g key={index}>
            <line x1={across} x2={across} y1={plot.y + radius} y2={plot.y + plot.height} stroke={accent} />
            <circle cx={across} cy={plot.y + radius} r={radius} fill={accent} />
            <text
              x={across}
              y={plot.y + radius + 4}
              textAnchor="middle"
              fontSize={11}
              fontWeight={600}
              fill="var(--chart-surface)"
            >
              {index + 1}
            </text>
          </g>
        );
      })}
    </g>
  );
}
