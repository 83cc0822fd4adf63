'use client';
/** Ridgeline of the density over the steps: the first step in front. */
import { Area, ComposedChart, ReferenceLine } from 'recharts';
import type { Ridgeline } from '../prepare/ridgeline.ts';
import { axes } from './axes.tsx';
import { Frame, margin } from './Frame.tsx';
import { accent, muted } from './theme.ts';

export interface RidgelineChartProps {
  /** Accessible description of the chart. */
  readonly label: string;
  readonly figure: Ridgeline;
  readonly currentStep: number | null;
  readonly height?: number;
}

export function RidgelineChart({ label, figure, currentStep, height = 420 }: RidgelineChartProps) {
  const { x, y, ridges, rows } = figure;
  return (
    <Frame height={height}>
      <ComposedChart data={[...rows]} margin={margin} title={label}>
        {axes({ x, y, xTitle: 'eigenvalue λ', yTitle: 'optimiser step' })}
        {x.kind !== 'log' && <ReferenceLine x={0} stroke={muted} strokeWidth={1} />}
        {ridges.map(({ key, step, base }) => (
          <Area
            key={key}
            dataKey={key}
            type="linear"
            baseValue={base}
            isAnimationActive={false}
            stroke={step === currentStep ? accent : 'var(--series-1)'}
            strokeWidth={step === currentStep ? 2.25 : 1.25}
            fill="var(--chart-surface)"
            fillOpacity={0.82}
            activeDot={false}
          />
        ))}
      </ComposedChart>
    </Frame>
  );
}
