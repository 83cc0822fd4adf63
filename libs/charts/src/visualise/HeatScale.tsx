/** Colour scale of a heat map, as an SVG so that exports include it. */
import { useId } from 'react';
import { formatPower } from '../prepare/formatNumber.ts';
import { heatStops } from '../prepare/heatColour.ts';
import { MUTED } from './theme.ts';

export interface HeatScaleProps {
  /** Values at the ends of the colour scale. */
  readonly from: number;
  readonly to: number;
  readonly title: string;
}

const BAR = { x: 56, width: 110, height: 10 } as const;

/** In pixels; fits a phone. */
const WIDTH = 320;

export function HeatScale({ from, to, title }: HeatScaleProps) {
  const gradient = useId();
  const stops = heatStops();
  return (
    <svg
      className="ritz-picture"
      width={WIDTH}
      height={20}
      role="img"
      aria-label={`Colours: ${title}, from ${formatPower(from)} to ${formatPower(Number(to.toPrecision(1)))}`}
      fontSize={12}
      fill={MUTED}
    >
      <linearGradient id={gradient}>
        {stops.map((colour, index) => (
          <stop key={colour} offset={index / (stops.length - 1)} stopColor={colour} />
        ))}
      </linearGradient>
      <text x={BAR.x - 8} y={14} textAnchor="end">
        {formatPower(from)}
      </text>
      <rect x={BAR.x} y={5} width={BAR.width} height={BAR.height} rx={2} fill={`url(#${gradient})`} />
      <text x={BAR.x + BAR.width + 8} y={14}>
        {`${formatPower(Number(to.toPrecision(1)))}  ${title}`}
      </text>
    </svg>
  );
}
