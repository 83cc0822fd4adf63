'use client';
/** Segments and bands over the plot, one path per curve. */
import { usePlotArea } from 'recharts';
import type { AxisScale } from '../prepare/axisScale.ts';
import type { Segment } from '../prepare/segments.ts';

interface Axes {
  readonly x: AxisScale;
  readonly y: AxisScale;
}

interface Pixels {
  readonly across: (position: number) => string;
  readonly up: (position: number) => string;
}

/** Maps axis positions to pixels; null before layout. */
function usePixels({ x, y }: Axes): Pixels | null {
  const plot = usePlotArea();
  if (!plot) return null;
  const [left, right] = [x.position(x.domain[0]), x.position(x.domain[1])];
  const [bottom, top] = [y.position(y.domain[0]), y.position(y.domain[1])];
  return {
    across: (position) => (plot.x + ((position - left) / (right - left)) * plot.width).toFixed(1),
    up: (position) => (plot.y + ((top - position) / (top - bottom)) * plot.height).toFixed(1),
  };
}

export interface StrokesProps extends Axes {
  readonly segments: readonly Segment[];
  readonly colour: string;
  readonly width: number;
}

export function Strokes({ segments, colour, width, ...axes }: StrokesProps) {
  const pixels = usePixels(axes);
  if (!pixels || segments.length === 0) return null;
  const { across, up } = pixels;
  const path = segments.map(({ x1, y1, x2, y2 }) => `M${across(x1)} ${up(y1)}L${across(x2)} ${up(y2)}`).join('');
  return (
    <path className="ritz-strokes" d={path} fill="none" stroke={colour} strokeWidth={width} pointerEvents="none" />
  );
}

export interface BandProps extends Axes {
  /** Positions; all of one length. */
  readonly places: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly colour: string;
  /** Lighter where several bands overlap. */
  readonly opacity?: number;
  /** Of the curve. */
  readonly id: string;
}

export function Band({ places, low, high, colour, opacity = 0.2, id, ...axes }: BandProps) {
  const pixels = usePixels(axes);
  if (!pixels || places.length < 2) return null;
  const { across, up } = pixels;
  const edge = (values: readonly number[]): string[] =>
    values.map((value, index) => `${across(places[index] ?? 0)} ${up(value)}`);
  const path = `M${[...edge(high), ...edge(low).reverse()].join('L')}Z`;
  return (
    <path
      className={`ritz-band series-${id}`}
      d={path}
      fill={colour}
      fillOpacity={opacity}
      stroke="none"
      pointerEvents="none"
    />
  );
}
