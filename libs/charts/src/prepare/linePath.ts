/** A curve as an SVG path inside a plot, broken at gaps and where it leaves the axes. */
import type { AxisScale } from './axisScale.ts';

export interface PlotArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PathLine {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
  readonly staircase?: boolean;
}

export interface LinePath {
  /** Empty if nothing of the curve lies inside. */
  readonly path: string;
  /** Vertical position of its last point inside. */
  readonly end: number;
}

export function linePath(
  { x: xs, y: ys, staircase = false }: PathLine,
  x: AxisScale,
  y: AxisScale,
  plot: PlotArea,
): LinePath {
  const [left, right] = x.domain.map(x.position) as [number, number];
  const [bottom, top] = y.domain.map(y.position) as [number, number];
  const inside = (value: number | null | undefined, { domain: [low, high] }: AxisScale): value is number =>
    typeof value === 'number' && value >= low && value <= high;
  let path = '';
  let end = 0;
  let pen = false;
  for (const [index, at] of xs.entries()) {
    const value = ys[index];
    if (!inside(value, y) || !inside(at, x)) {
      // The last step of a staircase goes on to where the curve leaves.
      if (pen && staircase && inside(at, x)) path += `H${across(at)}`;
      pen = false;
      continue;
    }
    const up = plot.y + ((top - y.position(value)) / (top - bottom)) * plot.height;
    if (!pen) path += `M${across(at)} ${up.toFixed(1)}`;
    else path += staircase ? `H${across(at)}V${up.toFixed(1)}` : `L${across(at)} ${up.toFixed(1)}`;
    pen = true;
    end = up;
  }
  return { path, end };

  function across(value: number): string {
    return (plot.x + ((x.position(value) - left) / (right - left)) * plot.width).toFixed(1);
  }
}
