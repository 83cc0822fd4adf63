/** Colour scale of a heat map, as an SVG so that exports include it. */
import { useId } from 'react';
import { formatPower } from '../prepare/formatNumber.ts';
import { heatStops } from '../prepare/heatColour.ts';
import { muted } from './theme.ts';

export interface HeatScaleProps {
  /** Values at the ends of the colour scale. */
  readonly from: number;
  readonly to: number;
  readonly title: string;
}

const bar = { x: 56, width: 110, height: 10 } as const;

/** In pixels; fits a phone. */
const width = 320;

export function HeatScale({ from, to, title }: HeatScaleProps) {
  const gradient = useId();
  const stops = heatStops();
  return (
    <svg
      className="ritz-picture"
      width={width}
      height={20}
      role="img"
      aria-label={`Colours: ${title}, from ${formatPower(from)} to ${formatPower(Number(to.toPrecision(1)))}`}
      fontSize={12}
      fill={muted}
    >
      <linearGradient id={gradient}>
        {stops.map((colour, index) => (
          <stop key={colour} offset={index / (stops.length - 1)} stopColor={colour} />
        ))}
      </linearGradient>
      <text x={bar.x - 8} y={14} textAnchor="end">
        {formatPower(from)}
      </text>
      <rect x={bar.x} y={5} width={bar.width} height={bar.height} rx={2} fill={`url(#${gradient})`} />
      <text x={bar.x + bar.width + 8} y={14}>
        {`${formatPower(Number(to.toPrecision(1)))}  ${title}`}
      </text>
    </svg>
  );
}
