/** Prepares densities for drawing: axes, curves, bands, and outliers as a rug. */
import { max, min } from 'd3-array';
import type { AxisScale, Domain } from './axisScale.ts';
import type { ChartSeries, SeriesWeight } from './ChartSeries.ts';
import { densityFloor } from './densityFloor.ts';
import { densityScale, type DensityAxis } from './densityScale.ts';
import { lambdaScale, type LambdaAxis } from './lambdaScale.ts';
import { chartRows, type Row, type Stretch } from './rows.ts';
import type { Segment } from './segments.ts';
import type { SeriesBand } from './seriesBands.ts';
import { thin } from './thin.ts';

/** One spectrum's density on its grid, with a confidence interval over the probes. */
export interface DensityCurve {
  readonly id: string;
  readonly label: string;
  readonly style: number;
  readonly weight?: SeriesWeight;
  readonly lambda: readonly number[];
  readonly density: readonly number[];
  /** Null without a band (a mean over runs). */
  readonly lower: readonly number[] | null;
  readonly upper: readonly number[] | null;
  /** Width of the kernel. */
  readonly sigma: number;
  /** n; null if unknown. */
  readonly parameterCount: number | null;
  /** Outlying eigenvalues. */
  readonly outliers: readonly number[];
}

/** Visible range and axes of the densities. */
export interface DensityView {
  readonly lambda: LambdaAxis;
  readonly density: DensityAxis;
  /** Ends of the λ axis; null: the full measured range. */
  readonly zoom: Domain | null;
}

export interface DensityFigure {
  readonly x: AxisScale;
  readonly y: AxisScale;
  /** Rows of positions by stretch key. */
  readonly rows: readonly Row[];
  readonly stretches: readonly Stretch[];
  /** In positions. */
  readonly bands: readonly SeriesBand[];
  /** The rug of each curve. */
  readonly rugs: readonly { readonly key: string; readonly style: number; readonly segments: readonly Segment[] }[];
  /** Lower densities are drawn at this value; null where the axis reaches 0. */
  readonly floor: number | null;
  /** Position of the curves' base line. */
  readonly base: number;
  /** Largest share of eigenvalues of any curve below the start of a logarithmic λ axis. */
  readonly hiddenShare: number;
  /** The curves in their own units, downsampled as drawn but not floored. */
  readonly series: readonly ChartSeries[];
}

/** A density in its own units, without gaps. */
interface DensitySeries extends ChartSeries {
  readonly y: readonly number[];
}

/** A curve with all its points, in its own units. */
export function densitySeries({
  id,
  label,
  style,
  weight,
  lambda,
  density,
  lower,
  upper,
}: DensityCurve): DensitySeries {
  return {
    id,
    label,
    style,
    ...(weight ? { weight } : {}),
    x: lambda,
    y: density,
    ...(lower && upper ? { lower, upper } : {}),
  };
}

/** Number of axis intervals that keep their two extremes: about one point per two pixels on a wide screen. */
const buckets = 300;
/** Share of a curve's strip filled by its rug. */
const stroke = 0.85;

/**
 * Null without curves, or if none lies on the axis. `frame` holds the curves that determine the axes: more than those drawn when several charts share axes.
 */
export function densityFigure(
  curves: readonly DensityCurve[],
  view: DensityView,
  frame: readonly DensityCurve[] = curves,
): DensityFigure | null {
  const sigma = min(frame, (curve) => curve.sigma) ?? 0;
  const low = view.zoom?.[0] ?? min(frame, ({ lambda }) => lambda[0]) ?? Infinity;
  const high = view.zoom?.[1] ?? max(frame, ({ lambda }) => lambda.at(-1)) ?? -Infinity;
  const x = lambdaScale(view.lambda, [low, high], sigma, 9);
  if (!x) return null;
  const thinned = curves.map((curve) => onAxis(curve, x)).filter(({ lambda }) => lambda.length > 1);
  if (thinned.length === 0) return null;
  const highest = frame.reduce((most, curve) => Math.max(most, highestOf(curve, x)), 0);
  const lowest = min(frame, (curve) => densityFloor(curve.sigma, curve.parameterCount, highest)) ?? 0;
  const { scale: full, base } = densityScale(view.density, lowest, highest);
  const y = { ...full, ticks: full.ticks.filter((tick) => tick >= base * (1 - 1e-9)) };
  const place = (value: number): number => y.position(Math.max(value, base));

  const series = thinned.map(densitySeries);
  const drawn = series.map((one) => ({ ...one, y: one.y.map((value) => Math.max(value, base)) }));
  const bands = thinned.flatMap(({ id, style, lambda, lower, upper }) =>
    lower && upper ? [{ id, style, x: lambda.map(x.position), low: lower.map(place), high: upper.map(place) }] : [],
  );
  const bottom = y.position(y.domain[0]);
  const withOutliers = curves.filter(({ outliers }) => outliers.length > 0);
  const strip = (y.position(base) - bottom) / Math.max(1, withOutliers.length);
  const rugs = withOutliers.map(({ id, style, outliers }, number) => ({
    key: id,
    style,
    segments: outliers
      .filter((value) => value >= x.domain[0] && value <= x.domain[1])
      .map((value) => ({
        x1: x.position(value),
        y1: bottom + number * strip,
        x2: x.position(value),
        y2: bottom + (number + stroke) * strip,
      })),
  }));
  return {
    x,
    y,
    ...chartRows(drawn, x, y),
    bands,
    rugs,
    floor: view.density === 'log' ? base : null,
    base: y.position(base),
    hiddenShare: view.lambda === 'log' ? (max(curves, (curve) => shareBelow(curve, x.domain[0])) ?? 0) : 0,
    series,
  };
}

/** The part of a curve on the axis, downsampled to screen resolution. */
function onAxis(curve: DensityCurve, x: AxisScale): DensityCurve {
  const inside = [...curve.lambda.keys()].filter((index) => {
    const value = curve.lambda[index] ?? 0;
    return value >= x.domain[0] && value <= x.domain[1];
  });
  const take = (column: readonly number[], indices: readonly number[]): number[] =>
    indices.map((index) => column[index] ?? 0);
  const positions = take(curve.lambda, inside).map(x.position);
  const kept = thin(positions, take(curve.density, inside), buckets).map((index) => inside[index] ?? 0);
  return {
    ...curve,
    lambda: take(curve.lambda, kept),
    density: take(curve.density, kept),
    lower: curve.lower && take(curve.lower, kept),
    upper: curve.upper && take(curve.upper, kept),
  };
}

/** The maximum of a curve's band on the axis. */
function highestOf({ lambda, density, upper }: DensityCurve, { domain: [low, high] }: AxisScale): number {
  let most = 0;
  for (const [index, value] of lambda.entries()) {
    if (value >= low && value <= high) most = Math.max(most, upper?.[index] ?? 0, density[index] ?? 0);
  }
  return most;
}

/** ∫ of the density from the start of its grid to `end`. */
function shareBelow({ lambda, density }: DensityCurve, end: number): number {
  const spacing = (lambda[1] ?? 0) - (lambda[0] ?? 0);
  return density.reduce((sum, height, index) => sum + ((lambda[index] ?? 0) < end ? height * spacing : 0), 0);
}
