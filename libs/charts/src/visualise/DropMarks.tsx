'use client';
/** Drops of the learning rate as named lines, whose names can be pressed. */
import { usePlotArea } from 'recharts';
import type { AxisScale } from '../prepare/axisScale.ts';
import { describeDrop, type RateDrop } from '../prepare/rateDrops.ts';
import { shareAlong } from '../prepare/shareAlong.ts';
import { phaseHeight } from './PhaseMarks.tsx';
import { ink, muted } from './theme.ts';

export interface DropMarksProps {
  readonly drops: readonly RateDrop[];
  readonly x: AxisScale;
  /** Whether the strip of the phases lies above the names. */
  readonly below: boolean;
  readonly onPick?: (drop: RateDrop) => void;
}

/** Names of neighbouring drops stand on lines of their own. */
const nameLines = 3;
const nameHeight = 13;
/** Share of the plot beyond which a name stands to the left of its line. */
const onLeftFrom = 0.6;

export function DropMarks({ drops, x, below, onPick }: DropMarksProps) {
  const plot = usePlotArea();
  if (!plot) return null;
  const top = plot.y + (below ? phaseHeight : 0);
  return drops.map((drop, index) => {
    const share = shareAlong(x, drop.step);
    const across = plot.x + share * plot.width;
    const isLeft = share > onLeftFrom;
    return (
      <g key={drop.step} className="ritz-drop">
        <line x1={across} x2={across} y1={top} y2={plot.y + plot.height} stroke={muted} pointerEvents="none" />
        <text
          x={across + (isLeft ? -5 : 5)}
          y={top + 12 + (index % nameLines) * nameHeight}
          textAnchor={isLeft ? 'end' : 'start'}
          fontSize={11}
          fill={ink}
          stroke="var(--chart-surface)"
          strokeWidth={3}
          paintOrder="stroke"
          {...(onPick
            ? {
                style: { cursor: 'pointer', textDecoration: 'underline dotted' },
                onClick: (event) => {
                  event.stopPropagation();
                  onPick(drop);
                },
              }
            : {})}
        >
          {describeDrop(drop)}
        </text>
      </g>
    );
  });
}
