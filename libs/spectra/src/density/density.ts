/** The smoothed spectral density on a grid, with the uncertainty that the probes show. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { probeMeasures, type Atoms, type QuadratureMethod } from '../ritz/spectralMeasure.ts';
import { studentQuantile } from '../statistics/studentT.ts';
import { kernels, type KernelName } from './kernels.ts';
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
  readonly method?: QuadratureMethod;
  /** Of the band, between 0 and 1. Default 0.95. */
  readonly confidence?: number;
}

export interface Density {
  /** Grid, ascending and equidistant, in units of λ. */
  readonly lambda: Float64Array;
  /** Share of eigenvalues per unit of λ; the whole integrates to 1. */
  readonly density: Float64Array;
  /**
   * Confidence interval of each point from the spread of the probes (Student's t, as their spread is estimated too; never
   * below 0), and at least what rounding leaves open. Equal to `density` for a single probe.
   */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly confidence: number;
  /** Standard deviation of the kernel that was used, in units of λ. */
  readonly sigma: number;
  readonly kernel: KernelName;
  readonly method: QuadratureMethod;
}

const maxPoints = 100_000;
/** Share of the largest density that the rounding of float64 arithmetic may move any point by. */
const rounding = 1e-12;

function makeGrid(
  { points = 1024, min, max }: GridOptions,
  lowest: number,
  highest: number,
  reach: number,
): Float64Array {
  if (!Number.isInteger(points) || points < 2 || points > maxPoints) {
    throw new SpectrumError('BAD_GRID', `grid.points: expected a whole number from 2 to ${maxPoints}, got ${points}.`);
  }
  const from = min ?? lowest - reach;
  const to = max ?? highest + reach;
  if (!Number.isFinite(from) || !Number.isFinite(to) || !(from < to)) {
    throw new SpectrumError('BAD_GRID', `grid: expected min < max, got min = ${from} and max = ${to}.`);
  }
  return Float64Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
}

/**
 * Adds the smoothed atoms to `out`. Where the grid is coarser than the kernel, the mean over each grid cell is taken instead
 * of the value at its middle, so that the sum over the grid stays 1.
 */
function smooth(
  { nodes, weights }: Atoms,
  grid: Float64Array,
  name: KernelName,
  sigma: number,
  out: Float64Array,
): void {
  const kernel = kernels[name];
  const start = grid[0] ?? 0;
  const h = (grid[1] ?? 0) - start;
  const coarse = h > sigma / 2;
  const width = kernel.reach * sigma + h;
  for (let a = 0; a < nodes.length; a++) {
    const node = nodes[a] ?? 0;
    const weight = weights[a] ?? 0;
    const from = Math.max(0, Math.ceil((node - width - start) / h));
    const to = Math.min(grid.length - 1, Math.floor((node + width - start) / h));
    for (let i = from; i <= to; i++) {
      const x = (grid[i] ?? 0) - node;
      const value = coarse ? kernel.probability(x - h / 2, x + h / 2, sigma) / h : kernel.density(x, sigma);
      out[i] = (out[i] ?? 0) + weight * value;
    }
  }
}

/**
 * Stochastic Lanczos quadrature (Ghorbani, Krishnan, Xiao 2019, §2): the mean over probes of Σ w_i K(λ − θ_i) with a kernel K of
 * standard deviation σ. `variance-reduced` (default) gives every resolved eigenvalue its exact weight 1/n; `plain` is the
 * paper's. Throws a SpectrumError: EMPTY, NON_FINITE, BAD_LENGTH, BAD_SMOOTHING, BAD_GRID, BAD_OPTION.
 */
export function density(spectrum: MeasuredSpectrum, options: DensityOptions = {}): Density {
  const { smoothing = { kind: 'auto' }, kernel = 'gaussian', grid = {}, method = 'variance-reduced' } = options;
  const { confidence = 0.95 } = options;
  if (!(confidence > 0 && confidence < 1)) {
    throw new SpectrumError('BAD_OPTION', `confidence: expected a number between 0 and 1, got ${confidence}.`);
  }
  const measures = probeMeasures(spectrum, method);
  const [lowest, highest] = extremes(measures);
  const sigma = kernelWidth(smoothing, lowest, highest);
  const lambda = makeGrid(grid, lowest, highest, kernels[kernel].reach * sigma);
  const k = measures.length;
  const curves = measures.map((measure) => {
    const curve = new Float64Array(lambda.length);
    smooth(measure, lambda, kernel, sigma, curve);
    return curve;
  });
  const mean = lambda.map((_, i) => curves.reduce((sum, curve) => sum + (curve[i] as number), 0) / k);
  const reach = bandOf(curves, mean, confidence);
  return {
    lambda,
    density: mean,
    lower: mean.map((value, i) => Math.max(0, value - (reach[i] as number))),
    upper: mean.map((value, i) => value + (reach[i] as number)),
    confidence,
    sigma,
    kernel,
    method,
  };
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

/** Half the width of the confidence interval of each point. */
function bandOf(curves: readonly Float64Array[], mean: Float64Array, confidence: number): Float64Array {
  const k = curves.length;
  if (k === 1) return new Float64Array(mean.length);
  const t = studentQuantile(confidence, k - 1);
  const least = rounding * mean.reduce((largest, value) => Math.max(largest, value), 0);
  return mean.map((value, i) => {
    const squares = curves.reduce((sum, curve) => sum + ((curve[i] as number) - value) ** 2, 0);
    return least + t * Math.sqrt(squares / (k * (k - 1)));
  });
}
