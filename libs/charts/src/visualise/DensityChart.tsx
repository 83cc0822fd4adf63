'use client';
/** Spectral densities over the eigenvalues, overlaid: logarithmic height with its floor shown, one standard error as a band. */
import { Area, ComposedChart, ReferenceLine, Tooltip } from 'recharts';
import type { DensityFigure } from '../prepare/densityFigure.ts';
import { formatPower } from '../prepare/formatNumber.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { axes } from './axes.tsx';
import { curves } from './curves.tsx';
import { Frame, MARGIN } from './Frame.tsx';
import { ReadingTooltip } from './ReadingTooltip.tsx';
import { MUTED } from './theme.ts';

export interface DensityChartProps {
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  readonly figure: DensityFigure;
  readonly height?: number;
}

export function DensityChart({ label, figure, height = 380 }: DensityChartProps) {
  const { x, y, rows, stretches, bands, rugs, floor, series } = figure;
  return (
    <Frame height={height}>
      <ComposedChart data={[...rows]} margin={MARGIN} title={label}>
        {axes({ x, y, xTitle: 'eigenvalue λ', yTitle: 'density' })}
        <ReferenceLine
          y={y.position(floor)}
          stroke={MUTED}
          strokeDasharray="4 3"
          label={{
            value: `floor ${formatPower(floor)}`,
            position: 'insideBottomLeft',
            fill: MUTED,
            fontSize: 11,
            dy: 16,
          }}
        />
        <ReferenceLine x={0} stroke={MUTED} strokeWidth={1} />
        {bands.map((band) => (
          <Area
            key={band.key}
            dataKey={band.key}
            type="linear"
            connectNulls
            isAnimationActive={false}
            stroke="none"
            fill={seriesStyle(band.style).colour}
            fillOpacity={0.22}
            activeDot={false}
          />
        ))}
        {rugs.map((mark) => (
          <ReferenceLine
            key={mark.key}
            segment={[
              { x: mark.x, y: mark.from },
              { x: mark.x, y: mark.to },
            ]}
            stroke={seriesStyle(mark.style).colour}
            strokeWidth={1.5}
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: MUTED, strokeWidth: 1 }}
          content={({ active, label: place }) => (
            <ReadingTooltip series={series} scale={x} xName="λ" active={active} label={place} />
          )}
        />
        {curves(stretches)}
      </ComposedChart>
    </Frame>
  );
}
