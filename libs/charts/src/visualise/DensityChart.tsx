'use client';
/** Spectral densities over the eigenvalues, overlaid, each with its confidence interval as a band and a rug of outliers. */
import { useId } from 'react';
import { ComposedChart, ReferenceLine, Tooltip } from 'recharts';
import type { Domain } from '../prepare/axisScale.ts';
import type { Cursor } from '../prepare/cursor.ts';
import type { DensityFigure } from '../prepare/densityFigure.ts';
import { formatPower } from '../prepare/formatNumber.ts';
import type { OutlierTick } from '../prepare/outlierTicks.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';
import { axes } from './axes.tsx';
import { Brush } from './Brush.tsx';
import { curves } from './curves.tsx';
import { Frame, margin } from './Frame.tsx';
import { Bands, Strokes } from './layers.tsx';
import { Pins } from './Pins.tsx';
import { ReadingTooltip } from './ReadingTooltip.tsx';
import { RugHover } from './RugHover.tsx';
import { SharedCursor } from './SharedCursor.tsx';
import { muted } from './theme.ts';

export interface DensityChartProps {
  /** Accessible description of the chart. */
  readonly label: string;
  readonly figure: DensityFigure;
  readonly height?: number;
  /** Shared with the other charts over the same λ axis. */
  readonly cursor?: Cursor | undefined;
  /** Single eigenvalues that say what they are when pointed at. */
  readonly ticks?: readonly OutlierTick[];
  /** Values of λ with numbered pins, for remarks beneath. */
  readonly pins?: readonly number[];
  /** Called with the λ that was pressed. */
  readonly onPick?: (lambda: number) => void;
  /** Called with a λ range selected by dragging. */
  readonly onZoom?: (domain: Domain) => void;
}

const rugWidth = 1.5;
export function DensityChart({
  label,
  figure,
  height = 380,
  cursor,
  ticks = [],
  pins = [],
  onPick,
  onZoom,
}: DensityChartProps) {
  const { x, y, rows, stretches, bands, rugs, floor, base, series } = figure;
  const own = useId();
  return (
    <Frame height={height}>
      <ComposedChart
        data={[...rows]}
        margin={margin}
        title={label}
        onClick={({ activeLabel }) => {
          if (onPick && typeof activeLabel === 'number') onPick(x.value(activeLabel));
        }}
        onMouseMove={({ activeLabel }) => {
          if (typeof activeLabel === 'number') cursor?.set({ value: x.value(activeLabel), source: own });
        }}
        onMouseLeave={() => {
          cursor?.set(null);
        }}
      >
        {axes({ x, y, xTitle: 'eigenvalue λ', yTitle: 'density, share per unit of λ' })}
        <ReferenceLine
          y={base}
          stroke={muted}
          strokeDasharray="4 3"
          {...(floor === null
            ? {}
            : {
                label: {
                  value: `floor ${formatPower(floor)}`,
                  position: 'insideBottomLeft',
                  fill: muted,
                  fontSize: 11,
                  dy: 16,
                } as const,
              })}
        />
        {x.kind !== 'log' && <ReferenceLine x={0} stroke={muted} strokeWidth={1} />}
        <Bands x={x} y={y} bands={bands} />
        {rugs.map(({ key, style, segments }) => (
          <Strokes key={key} x={x} y={y} segments={segments} colour={seriesStyle(style).colour} width={rugWidth} />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: muted, strokeWidth: 1 }}
          content={({ active, label: place }) => (
            <ReadingTooltip series={series} scale={x} xName="λ" active={active} label={place} />
          )}
        />
        {curves(stretches)}
        {cursor && <SharedCursor cursor={cursor} own={own} series={series} x={x} y={y} />}
        {onZoom && <Brush x={x} onBrush={onZoom} />}
        {ticks.length > 0 && <RugHover ticks={ticks} x={x} />}
        <Pins values={pins} x={x} />
      </ComposedChart>
    </Frame>
  );
}
