/** The smoothed spectral density on a grid, with the uncertainty that the probes show. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { probeMeasures, type Atoms, type QuadratureMethod } from '../ritz/spectralMeasure.ts';
import { studentQuantile } from '../statistics/studentT.ts';
import { coordinateOf, type Coordinate, type DensityScale, type DensityScaleName } from './densityScale.ts';
import { kernelNamed, type KernelName } from './kernels.ts';
import { isCoarse, smoothAtoms, spacingOf } from './smoothAtoms.ts';
import { kernelWidth, type Smoothing } from './smoothing.ts';

export interface GridOptions {
  /** Number of grid points, 2 to 100,000. Default 1024. */
  readonly points?: number;
  /** Ends of the grid in units of λ. Default: wide enough that no kernel is cut. */
  readonly min?: number;
  readonly max?: number;
}

export interface DensityOptions {
  readonly smoothing?: Smoothing;
  /** Default: Gaussian. */
  readonly kernel?: KernelName;
  readonly grid?: GridOptions;
  /** The coordinate in which the grid is equidistant and the kernel is the same everywhere. Default: λ itself. */
  readonly scale?: DensityScale;
  readonly method?: QuadratureMethod;
  /** Of the band, between 0 and 1. Default 0.95. */
  readonly confidence?: number;
}

export interface Density {
  /** Grid, ascending, in units of λ; equidistant in the coordinate of the scale. */
  readonly lambda: Float64Array;
  /** The same points in that coordinate: λ itself, or arsinh(λ / width). */
  readonly coordinate: Float64Array;
  /** Share of eigenvalues per unit of the coordinate; the whole integrates to 1 over it. */
  readonly density: Float64Array;
  /**
   * Confidence interval of each point from the spread of the probes (Student's t, as their spread is estimated too; never
   * below 0), and at least as wide as the rounding error. Equal to `density` for a single probe.
   */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly confidence: number;
  /** Standard deviation of the kernel that was asked for, in units of the coordinate. */
  readonly sigma: number;
  /** That of a peak as the grid shows it: larger than `sigma` where the grid is so coarse that each point is the mean over its cell. */
  readonly effectiveSigma: number;
  readonly scale: DensityScaleName;
  /** Of the arsinh scale; null on the linear one. */
  readonly width: number | null;
  /** What the curve does not show as it was asked for. */
  readonly warnings: readonly string[];
  readonly kernel: KernelName;
  readonly method: QuadratureMethod;
}

const maxPoints = 100_000;
/** Share of the largest density that the rounding of float64 arithmetic may move any point by. */
const rounding = 1e-12;

/** In the coordinate. */
function makeGrid(
  { points = 1024, min, max }: GridOptions,
  { of }: Coordinate,
  lowest: number,
  highest: number,
  reach: number,
): Float64Array {
  if (!Number.isInteger(points) || points < 2 || points > maxPoints) {
    throw new SpectrumError('BAD_GRID', `grid.points: expected an integer from 2 to ${maxPoints}, got ${points}.`);
  }
  const from = min === undefined ? lowest - reach : of(min);
  const to = max === undefined ? highest + reach : of(max);
  if (!Number.isFinite(from) || !Number.isFinite(to) || !(from < to)) {
    throw new SpectrumError('BAD_GRID', `grid: expected min < max, got min = ${min ?? from} and max = ${max ?? to}.`);
  }
  const grid = new Float64Array(points);
  for (let i = 0; i < points; i++) grid[i] = from + ((to - from) * i) / (points - 1);
  return grid;
}

/**
 * Stochastic Lanczos quadrature (Ghorbani, Krishnan, Xiao 2019, §2): the mean over probes of Σ w_i K(λ − θ_i) with a kernel K of
 * standard deviation σ. `variance-reduced` (default) gives every resolved eigenvalue its exact weight 1/n; `plain` is the
 * paper's. Throws a SpectrumError: EMPTY, NON_FINITE, BAD_LENGTH, BAD_SMOOTHING, BAD_GRID, BAD_OPTION.
 */
export function density(spectrum: MeasuredSpectrum, options: DensityOptions = {}): Density {
  const { smoothing = { kind: 'auto' }, kernel = 'gaussian', grid = {}, method = 'variance-reduced' } = options;
  const { confidence = 0.95, scale = { kind: 'linear' } } = options;
  if (!(confidence > 0 && confidence < 1)) {
    throw new SpectrumError('BAD_OPTION', `confidence: expected a number between 0 and 1, got ${confidence}.`);
  }
  const shape = kernelNamed(kernel);
  const measures = probeMeasures(spectrum, method);
  const axis = coordinateOf(scale, measures);
  requireAbsolute(smoothing, axis);
  const placed = measures.map(({ nodes, weights }) => ({ nodes: Float64Array.from(nodes, axis.of), weights }));
  const [lowest, highest] = extremes(placed);
  const sigma = kernelWidth(smoothing, lowest, highest);
  const coordinate = makeGrid(grid, axis, lowest, highest, shape.reach * sigma);
  const curves = placed.map((measure) => smoothAtoms(measure, coordinate, shape, sigma));
  return {
    lambda: coordinate.map(axis.lambda),
    coordinate,
    ...withBand(curves, confidence),
    ...{ confidence, sigma, kernel, method, scale: axis.kind, width: axis.width },
    ...shownWidth(coordinate, sigma),
  };
}

/** The paper's width is one of λ. Throws a SpectrumError (BAD_SMOOTHING). */
export function requireAbsolute(smoothing: Smoothing, { kind }: Coordinate): void {
  if (kind === 'linear' || smoothing.kind !== 'paper') return;
  throw new SpectrumError(
    'BAD_SMOOTHING',
    'smoothing.kind: paper is a width in λ, which the asinh scale does not have. Use auto or absolute, or the linear scale.',
  );
}

/** Cells of width h add h²/12, the variance of a point in a cell, where they are means. */
function shownWidth(grid: Float64Array, sigma: number): Pick<Density, 'effectiveSigma' | 'warnings'> {
  const h = spacingOf(grid);
  if (!isCoarse(h, sigma)) return { effectiveSigma: sigma, warnings: [] };
  const effectiveSigma = Math.sqrt(sigma * sigma + (h * h) / 12);
  const points = Math.ceil((2 * h * (grid.length - 1)) / sigma) + 2;
  const remedy = points <= maxPoints ? `Take ${points} points, or a shorter range.` : 'Take a shorter range.';
  const warning =
    `The grid is coarser than σ/2 (spacing ${h.toPrecision(3)}, σ ${sigma.toPrecision(3)}): each point is the mean over its cell, as if ` +
    `σ were ${effectiveSigma.toPrecision(3)}, and peaks are lower than those of σ. ${remedy}`;
  return { effectiveSigma, warnings: [warning] };
}

function extremes(measures: readonly Atoms[]): readonly [number, number] {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { nodes } of measures) {
    for (const node of nodes) {
      lowest = Math.min(lowest, node);
      highest = Math.max(highest, node);
    }
  }
  return [lowest, highest];
}

/** The mean of the curves, and its confidence interval at each point. */
function withBand(curves: readonly Float64Array[], confidence: number): Pick<Density, 'density' | 'lower' | 'upper'> {
  const k = curves.length;
  const mean = new Float64Array(curves[0]?.length ?? 0);
  for (const curve of curves)
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (curve[i] as number);
  let largest = 0;
  for (let i = 0; i < mean.length; i++) {
    const value = (mean[i] as number) / k;
    mean[i] = value;
    if (value > largest) largest = value;
  }
  if (k === 1) return { density: mean, lower: mean.slice(), upper: mean.slice() };
  const squares = new Float64Array(mean.length);
  for (const curve of curves) {
    for (let i = 0; i < mean.length; i++) {
      const difference = (curve[i] as number) - (mean[i] as number);
      squares[i] = (squares[i] as number) + difference * difference;
    }
  }
  const t = studentQuantile(confidence, k - 1);
  const lower = new Float64Array(mean.length);
  const upper = new Float64Array(mean.length);
  for (let i = 0; i < mean.length; i++) {
    const value = mean[i] as number;
    const reach = rounding * largest + t * Math.sqrt((squares[i] as number) / (k * (k - 1)));
    lower[i] = Math.max(0, value - reach);
    upper[i] = value + reach;
  }
  return { density: mean, lower, upper };
}
