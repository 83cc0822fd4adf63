'use client';
/** Step × λ heat map of the density: a canvas rendered once, shown inside a Recharts frame. */
import { useMemo } from 'react';
import { ComposedChart, ReferenceLine, usePlotArea } from 'recharts';
import type { Evolution } from '../prepare/evolution.ts';
import { heatRaster, type HeatRaster } from '../prepare/heatRaster.ts';
import { stepAxisScale, type StepAxis } from '../prepare/stepAxis.ts';
import { axes } from './axes.tsx';
import { Frame, margin } from './Frame.tsx';
import { HeatScale } from './HeatScale.tsx';
import { accent, muted } from './theme.ts';

export interface HeatMapProps {
  /** Accessible description of the chart. */
  readonly label: string;
  readonly evolution: Evolution;
  readonly stepAxis: StepAxis;
  readonly lastStep: number;
  readonly currentStep: number | null;
  readonly onPickStep: (step: number) => void;
  readonly height?: number;
}

function pictureOf({ width, height, pixels }: HeatRaster): string {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas.toDataURL();
}

interface RasterProps {
  readonly picture: string;
  /** Called with the horizontal position of a click, 0 to 1. */
  readonly onPick: (share: number) => void;
}

function Raster({ picture, onPick }: RasterProps) {
  const plot = usePlotArea();
  if (!plot) return null;
  const { x, y, width, height } = plot;
  return (
    <image
      href={picture}
      x={x}
      y={y}
      width={width}
      height={height}
      preserveAspectRatio="none"
      style={{ imageRendering: 'pixelated', cursor: 'pointer' }}
      onClick={({ clientX, currentTarget }) => {
        const box = currentTarget.getBoundingClientRect();
        onPick((clientX - box.left) / box.width);
      }}
    />
  );
}

export function HeatMap(props: HeatMapProps) {
  const { label, evolution, stepAxis, lastStep, currentStep, onPickStep, height = 360 } = props;
  const { lambda, floor, highest } = evolution;
  const x = useMemo(() => stepAxisScale(stepAxis, lastStep), [stepAxis, lastStep]);
  const picture = useMemo(() => pictureOf(heatRaster(evolution, x)), [evolution, x]);
  const pick = (share: number): void => {
    const [start, end] = [x.position(x.domain[0]), x.position(x.domain[1])];
    onPickStep(Math.round(x.value(start + (end - start) * share)));
  };
  const rows = evolution.steps.map((step) => ({ x: x.position(step) }));
  return (
    <>
      <Frame height={height}>
        <ComposedChart data={rows} margin={margin} title={label}>
          {axes({ x, y: lambda, xTitle: 'optimiser step', yTitle: 'eigenvalue λ' })}
          <Raster picture={picture} onPick={pick} />
          {lambda.kind !== 'log' && <ReferenceLine y={0} stroke={muted} strokeDasharray="2 3" />}
          {currentStep !== null && (
            <ReferenceLine x={x.position(currentStep)} stroke={accent} strokeWidth={1.5} strokeDasharray="4 3" />
          )}
        </ComposedChart>
      </Frame>
      <HeatScale from={floor} to={highest} title="density, log scale" />
    </>
  );
}
