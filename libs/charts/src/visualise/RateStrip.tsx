'use client';
/** The learning rate under a chart over the same steps. */
import { Area, ComposedChart } from 'recharts';
import { linearScale, type AxisScale } from '../prepare/axisScale.ts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import { chartRows } from '../prepare/rows.ts';
import { axes } from './axes.tsx';
import { Frame, type margin } from './Frame.tsx';
import { muted } from './theme.ts';

export interface RateStripProps {
  readonly rate: ChartSeries;
  readonly x: AxisScale;
  readonly margin: { readonly [Side in keyof typeof margin]: number };
  readonly height: number;
}

export function RateStrip({ rate, x, margin, height }: RateStripProps) {
  const highest = rate.y.reduce((most: number, value) => Math.max(most, value ?? 0), 0);
  if (!(highest > 0)) return null;
  const y = linearScale([0, highest * 1.1], 2);
  const { rows, stretches } = chartRows([rate], x, y);
  return (
    <Frame height={height}>
      <ComposedChart data={[...rows]} margin={margin} title="Learning rate">
        {axes({ x, y, xTitle: 'optimiser step', yTitle: 'η' })}
        {stretches.map(({ key }) => (
          <Area
            key={key}
            dataKey={key}
            type="stepAfter"
            connectNulls
            isAnimationActive={false}
            stroke={muted}
            fill={muted}
            fillOpacity={0.18}
            activeDot={false}
          />
        ))}
      </ComposedChart>
    </Frame>
  );
}
