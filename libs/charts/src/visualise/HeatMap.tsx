'use client';
/** Step × λ heat map of the density: a canvas rendered once, shown inside a Recharts frame, with lines over it and the rate beneath. */
import { useId, useMemo } from 'react';
import { ComposedChart, ReferenceLine } from 'recharts';
import type { ChartSeries } from '../prepare/ChartSeries.ts';
import type { Cursor } from '../prepare/cursor.ts';
import type { Evolution } from '../prepare/evolution.ts';
import { heatRaster } from '../prepare/heatRaster.ts';
import { stepAxisScale, type StepAxis } from '../prepare/stepAxis.ts';
import { axes } from './axes.tsx';
import { Frame, margin } from './Frame.tsx';
import { HeatLines, type HeatLine } from './HeatLines.tsx';
import { HeatScale } from './HeatScale.tsx';
import { pictureOf, Raster } from './Raster.tsx';
import { RateStrip } from './RateStrip.tsx';
import { SharedCursor } from './SharedCursor.tsx';
import { accent, muted } from './theme.ts';

export type { HeatLine } from './HeatLines.tsx';

export interface HeatMapProps {
  /** Accessible description of the chart. */
  readonly label: string;
  readonly evolution: Evolution;
  readonly stepAxis: StepAxis;
  readonly lastStep: number;
  readonly currentStep: number | null;
  readonly onPickStep: (step: number) => void;
  /** Drawn over the picture, such as λ₁ and the stability limit. */
  readonly lines?: readonly HeatLine[];
  /** The learning rate, drawn beneath. */
  readonly rate?: ChartSeries | null;
  /** Shared with the other charts over the same steps. */
  readonly cursor?: Cursor | undefined;
  readonly height?: number;
}

/** Room for the names of the lines. */
const namesWidth = 46;
const rateHeight = 84;

export function HeatMap(props: HeatMapProps) {
  const { label, evolution, stepAxis, lastStep, currentStep, onPickStep, cursor, height = 360 } = props;
  const { lines = [], rate = null } = props;
  const own = useId();
  const { lambda, floor, highest, unit } = evolution;
  const x = useMemo(() => stepAxisScale(stepAxis, lastStep), [stepAxis, lastStep]);
  const picture = useMemo(() => pictureOf(heatRaster(evolution, x)), [evolution, x]);
  const stepAt = (share: number): number => {
    const [start, end] = [x.position(x.domain[0]), x.position(x.domain[1])];
    return Math.round(x.value(start + (end - start) * share));
  };
  const read = useMemo(() => lines.map((line, index) => ({ ...line, id: line.label, style: index })), [lines]);
  const rows = evolution.steps.map((step) => ({ x: x.position(step) }));
  const around = { ...margin, right: lines.length > 0 ? namesWidth : margin.right };
  return (
    <>
      <Frame height={rate ? height - rateHeight : height}>
        <ComposedChart data={rows} margin={around} title={label}>
          {axes({ x, y: lambda, xTitle: rate ? null : 'optimiser step', yTitle: 'eigenvalue λ' })}
          <Raster
            picture={picture}
            onPick={({ across }) => {
              onPickStep(stepAt(across));
            }}
            onPoint={(place) => {
              cursor?.set(place === null ? null : { value: stepAt(place.across), source: own });
            }}
          />
          {lambda.kind !== 'log' && <ReferenceLine y={0} stroke={muted} strokeDasharray="2 3" />}
          {currentStep !== null && (
            <ReferenceLine x={x.position(currentStep)} stroke={accent} strokeWidth={1.5} strokeDasharray="4 3" />
          )}
          <HeatLines lines={lines} x={x} y={lambda} />
          {cursor && <SharedCursor cursor={cursor} own={own} series={read} x={x} y={lambda} />}
        </ComposedChart>
      </Frame>
      {rate && <RateStrip rate={rate} x={x} margin={around} height={rateHeight} />}
      <HeatScale
        from={floor}
        to={highest}
        title={unit === 'λ' ? 'density, share per unit of λ' : 'share per decade of λ'}
      />
    </>
  );
}
