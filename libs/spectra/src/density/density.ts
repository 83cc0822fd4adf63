/** The smoothed spectral density on a grid, with the uncertainty that the probes show. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { probeMeasures, type Atoms, type QuadratureMethod } from '../ritz/spectralMeasure.ts';
import { normalDensity, normalProbability } from './normalDistribution.ts';
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
  readonly grid?: GridOptions;
  readonly method?: QuadratureMethod;
}

export interface Density {
  /** Grid, ascending and equidistant, in units of λ. */
  readonly lambda: Float64Array;
  /** Share of eigenvalues per unit of λ; the whole integrates to 1. */
  readonly density: Float64Array;
  /** Mean ∓ one standard error over probes (never below 0); equal to `density` for a single probe. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Standard deviation of the Gaussian that was used, in units of λ. */
  readonly sigma: number;
  readonly method: QuadratureMethod;
}

/** A Gaussian is taken as 0 beyond this many σ (its density there is below 1e-14 of its peak). */
const reach = 8;
const maxPoints = 100_000;

function makeGrid(
  { points = 1024, min, max }: GridOptions,
  lowest: number,
  highest: number,
  sigma: number,
): Float64Array {
  if (!Number.isInteger(points) || points < 2 || points > maxPoints) {
    throw new SpectrumError('BAD_GRID', `grid.points: expected a whole number from 2 to ${maxPoints}, got ${points}.`);
  }
  const from = min ?? lowest - reach * sigma;
  const to = max ?? highest + reach * sigma;
  if (!Number.isFinite(from) || !Number.isFinite(to) || !(from < to)) {
    throw new SpectrumError('BAD_GRID', `grid: expected min < max, got min = ${from} and max = ${to}.`);
  }
  return Float64Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
}

/**
 * Adds the smoothed atoms to `out`. Where the grid is coarser than the kernel, the mean over each grid cell is taken instead
 * of the value at its middle, so that the sum over the grid stays 1.
 */
function smooth({ nodes, weights }: Atoms, grid: Float64Array, sigma: number, out: Float64Array): void {
  const start = grid[0] ?? 0;
  const h = (grid[1] ?? 0) - start;
  const coarse = h > sigma / 2;
  const width = reach * sigma + h;
  for (let a = 0; a < nodes.length; a++) {
    const node = nodes[a] ?? 0;
    const weight = weights[a] ?? 0;
    const from = Math.max(0, Math.ceil((node - width - start) / h));
    const to = Math.min(grid.length - 1, Math.floor((node + width - start) / h));
    for (let i = from; i <= to; i++) {
      const x = (grid[i] ?? 0) - node;
      const kernel = coarse ? normalProbability(x - h / 2, x + h / 2, sigma) / h : normalDensity(x, sigma);
      out[i] = (out[i] ?? 0) + weight * kernel;
    }
  }
}

/**
 * Stochastic Lanczos quadrature (Ghorbani, Krishnan, Xiao 2019, §2): the mean over probes of Σ w_i N(λ; θ_i, σ²).
 * `variance-reduced` (default) gives every resolved eigenvalue its exact weight 1/n; `plain` is the paper's.
 * Throws a SpectrumError: EMPTY, NON_FINITE, BAD_LENGTH, BAD_SMOOTHING, BAD_GRID.
 */
export function density(
  spectrum: MeasuredSpectrum,
  { smoothing = { kind: 'auto' }, grid: gridOptions = {}, method = 'variance-reduced' }: DensityOptions = {},
): Density {
  const measures = probeMeasures(spectrum, method);
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { nodes } of measures) {
    for (const node of nodes) {
      lowest = Math.min(lowest, node);
      highest = Math.max(highest, node);
    }
  }
  const sigma = kernelWidth(smoothing, lowest, highest);
  const lambda = makeGrid(gridOptions, lowest, highest, sigma);
  const sum = new Float64Array(lambda.length);
  const squares = new Float64Array(lambda.length);
  const single = new Float64Array(lambda.length);
  for (const measure of measures) {
    single.fill(0);
    smooth(measure, lambda, sigma, single);
    single.forEach((value, i) => {
      sum[i] = (sum[i] ?? 0) + value;
      squares[i] = (squares[i] ?? 0) + value * value;
    });
  }
  const k = measures.length;
  const mean = sum.map((value) => value / k);
  const error = mean.map((value, i) =>
    k > 1 ? Math.sqrt(Math.max(0, (squares[i] ?? 0) / k - value * value) / (k - 1)) : 0,
  );
  return {
    lambda,
    density: mean,
    lower: mean.map((value, i) => Math.max(0, value - (error[i] ?? 0))),
    upper: mean.map((value, i) => value + (error[i] ?? 0)),
    sigma,
    method,
  };
}
