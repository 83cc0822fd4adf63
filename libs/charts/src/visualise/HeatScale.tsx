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
  /** Default: powers of ten. */
  readonly format?: (value: number) => string;
}

const bar = { x: 56, width: 110, height: 10 } as const;

/** In pixels; fits a phone. */
const width = 320;

export function HeatScale({ from, to, title, format = formatPower }: HeatScaleProps) {
  const gradient = useId();
  const stops = heatStops();
  // A power of ten has one digit.
  const end = format === formatPower ? Number(to.toPrecision(1)) : to;
  return (
    <svg
      className="ritz-picture"
      width={width}
      height={20}
      role="img"
      aria-label={`Colours: ${title}, from ${format(from)} to ${format(end)}`}
      fontSize={12}
      fill={muted}
    >
      <linearGradient id={gradient}>
        {stops.map((colour, index) => (
          <stop key={colour} offset={index / (stops.length - 1)} stopColor={colour} />
        ))}
      </linearGradient>
      <text x={bar.x - 8} y={14} textAnchor="end">
        {format(from)}
      </text>
      <rect x={bar.x} y={5} width={bar.width} height={bar.height} rx={2} fill={`url(#${gradient})`} />
      <text x={bar.x + bar.width + 8} y={14}>
        {`${format(end)}  ${title}`}
      </text>
    </svg>
  );
}
