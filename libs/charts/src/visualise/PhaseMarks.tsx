'use client';
/** The phases of a training, named in a strip along the top of the plot; a name that does not fit is in the tooltip only. */
import { usePlotArea } from 'recharts';
import type { AxisScale } from '../prepare/axisScale.ts';
import type { NamedPhase } from '../prepare/phases.ts';
import { shareAlong } from '../prepare/shareAlong.ts';
import { muted } from './theme.ts';

export interface PhaseMarksProps {
  readonly phases: readonly NamedPhase[];
  readonly x: AxisScale;
}

/** Of the strip, in CSS pixels. */
export const phaseHeight = 15;
/** Approximate width of a letter. */
const letter = 5.6;

export function PhaseMarks({ phases, x }: PhaseMarksProps) {
  const plot = usePlotArea();
  if (!plot) return null;
  const across = (step: number): number => plot.x + shareAlong(x, step) * plot.width;
  return (
    <g className="ritz-phases" pointerEvents="none">
      {phases.map(({ name, short, from, to }, index) => {
        const [left, right] = [across(from), across(to)];
        const room = (right - left - 6) / letter;
        const text = [short, `${short.slice(0, Math.max(1, Math.floor(room) - 1))}…`].find(
          (one) => one.length <= room && one.length > 3,
        );
        return (
          <g key={from}>
            <title>{name}</title>
            <rect
              x={left}
              y={plot.y}
              width={Math.max(0, right - left)}
              height={phaseHeight}
              fill={muted}
              fillOpacity={index % 2 === 0 ? 0.22 : 0.1}
            />
            {text !== undefined && (
              <text
                x={left + 4}
                y={plot.y + phaseHeight - 4}
                fontSize={10.5}
                fill="var(--chart-ink)"
                stroke="var(--chart-surface)"
                strokeWidth={2}
                paintOrder="stroke"
              >
                {text}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
