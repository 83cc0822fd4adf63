'use client';
/** Segments and bands over the plot, one path per curve. */
import { usePlotArea } from 'recharts';
import type { AxisScale } from '../prepare/axisScale.ts';
import type { Segment } from '../prepare/segments.ts';
import type { SeriesBand } from '../prepare/seriesBands.ts';
import { seriesStyle } from '../prepare/seriesStyle.ts';

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

/** How bands are drawn beside others: filled, they would mix to a colour of none of them. */
interface BandLook {
  readonly upTo: number;
  readonly fill: number;
  readonly edge: number;
}

const bandLooks: readonly BandLook[] = [
  { upTo: 2, fill: 0.2, edge: 0 },
  { upTo: 8, fill: 0.04, edge: 0.5 },
  // Seen when their curve is pointed at.
  { upTo: Infinity, fill: 0, edge: 0 },
];

export function Bands({ bands, ...axes }: Axes & { readonly bands: readonly SeriesBand[] }) {
  const pixels = usePixels(axes);
  const look = bandLooks.find(({ upTo }) => bands.length <= upTo);
  if (!pixels || !look) return null;
  const { across, up } = pixels;
  return bands.map(({ id, style, x, low, high }) => {
    if (x.length < 2) return null;
    const edge = (values: readonly number[]): string[] =>
      values.map((value, index) => `${across(x[index] ?? 0)} ${up(value)}`);
    const { colour } = seriesStyle(style);
    return (
      <path
        key={id}
        className={`ritz-band series-${id}`}
        d={`M${[...edge(high), ...edge(low).reverse()].join('L')}Z`}
        fill={colour}
        fillOpacity={look.fill}
        stroke={colour}
        strokeWidth={0.75}
        strokeOpacity={look.edge}
        pointerEvents="none"
      />
    );
  });
}
