'use client';
/** The ticks of single eigenvalues say what they are when they are pointed at. */
import { useState } from 'react';
import { usePlotArea } from 'recharts';
import type { AxisScale } from '../prepare/axisScale.ts';
import type { OutlierTick } from '../prepare/outlierTicks.ts';
import { shareAlong } from '../prepare/shareAlong.ts';
import { accent, ink } from './theme.ts';

export interface RugHoverProps {
  readonly ticks: readonly OutlierTick[];
  readonly x: AxisScale;
}

/** Of the place that a pointer hits, in CSS pixels. */
const hit = { width: 7, height: 30 } as const;
/** Share of the plot beyond which the text stands to the left of its tick. */
const onLeftFrom = 0.5;

export function RugHover({ ticks, x }: RugHoverProps) {
  const plot = usePlotArea();
  const [pointed, setPointed] = useState<OutlierTick | null>(null);
  if (!plot) return null;
  const [low, high] = x.domain;
  const across = (value: number): number => plot.x + shareAlong(x, value) * plot.width;
  const bottom = plot.y + plot.height;
  return (
    <g className="ritz-ticks">
      {pointed && (
        <g pointerEvents="none">
          <line x1={across(pointed.value)} x2={across(pointed.value)} y1={plot.y} y2={bottom} stroke={accent} />
          <text
            x={across(pointed.value) + (shareAlong(x, pointed.value) > onLeftFrom ? -6 : 6)}
            y={bottom - hit.height - 8}
            textAnchor={shareAlong(x, pointed.value) > onLeftFrom ? 'end' : 'start'}
            fontSize={12}
            fontWeight={600}
            fill={ink}
            stroke="var(--chart-surface)"
            strokeWidth={4}
            paintOrder="stroke"
          >
            {pointed.text}
          </text>
        </g>
      )}
      {ticks
        .filter(({ value }) => value >= low && value <= high)
        .map((tick) => (
          <rect
            key={tick.value}
            x={across(tick.value) - hit.width / 2}
            y={bottom - hit.height}
            width={hit.width}
            height={hit.height}
            fill="transparent"
            onPointerEnter={() => {
              setPointed(tick);
            }}
            onPointerLeave={() => {
              setPointed(null);
            }}
          >
            <title>{tick.text}</title>
          </rect>
        ))}
    </g>
  );
}
