/** Prepares the evolution of the density over steps for a heat map or ridgeline. */
import { density, type MeasuredSpectrum, type Smoothing } from '@ritz/spectra';
import type { AxisScale } from './axisScale.ts';
import type { DensitySettings } from './densityCurves.ts';
import { densityFloor } from './densityFloor.ts';
import { lambdaScale, type LambdaAxis } from './lambdaScale.ts';
import type { FigureTable } from './table.ts';

export interface SpectrumOfStep {
  readonly step: number;
  readonly measured: MeasuredSpectrum;
}

export interface Evolution {
  readonly lambda: AxisScale;
  /** Ascending. */
  readonly steps: readonly number[];
  /** Centres of the cells along the λ axis, ascending, evenly spaced on it. */
  readonly cells: readonly number[];
  /** For each step, the maximum density in each cell, so that no peak is lost. */
  readonly height: readonly (readonly number[])[];
  /** Lower end of the colour scale; densities below it are transparent. */
  readonly floor: number;
  readonly highest: number;
  /** Kernel width of all densities. */
  readonly sigma: number;
}

const CELLS = 260;
const GRID_POINTS = 2048;
/** Finer on a logarithmic axis, so that its first decades hold more than one point. */
const LOG_GRID_POINTS = 8192;

/** The largest of the spectra's own widths, so that all are smoothed alike. */
function commonSmoothing(spectra: readonly SpectrumOfStep[], smoothing: Smoothing): Smoothing {
  if (smoothing.kind === 'absolute') return smoothing;
  const sigmas = spectra.map(({ measured }) => density(measured, { smoothing, grid: { points: 2 } }).sigma);
  return { kind: 'absolute', sigma: Math.max(...sigmas) };
}

/** The maximum of a curve inside each cell between `edges`; a cell between two grid points takes the nearer one. */
function highestInside(grid: Float64Array, values: Float64Array, edges: readonly number[]): number[] {
  const first = grid[0] ?? 0;
  const spacing = ((grid.at(-1) ?? 0) - first) / (grid.length - 1);
  return edges.slice(1).map((right, cell) => {
    const left = edges[cell] ?? 0;
    const from = Math.ceil((left - first) / spacing);
    const to = Math.floor((right - first) / spacing);
    if (from > to) return values[Math.round(((left + right) / 2 - first) / spacing)] ?? 0;
    let highest = 0;
    for (let index = Math.max(0, from); index <= Math.min(to, grid.length - 1); index++) {
      highest = Math.max(highest, values[index] ?? 0);
    }
    return highest;
  });
}

/** `spectra` in ascending steps. Null without spectra, or if none lies on the axis. */
export function evolution(
  spectra: readonly SpectrumOfStep[],
  { smoothing, kernel, zoom }: DensitySettings,
  axis: LambdaAxis,
): Evolution | null {
  if (spectra.length === 0) return null;
  const common = commonSmoothing(spectra, smoothing);
  const points = axis === 'log' ? LOG_GRID_POINTS : GRID_POINTS;
  const grid = { points, ...(zoom ? { min: zoom[0], max: zoom[1] } : {}) };
  const curves = spectra.map(({ measured }) => density(measured, { smoothing: common, kernel, grid }));
  const sigma = curves[0]?.sigma ?? 0;
  const ends = [
    Math.min(...curves.map(({ lambda }) => lambda[0] ?? 0)),
    Math.max(...curves.map(({ lambda }) => lambda.at(-1) ?? 0)),
  ] as const;
  const scale = lambdaScale(axis, ends, sigma, 8);
  if (!scale) return null;
  const [low, high] = scale.domain;
  const [start, end] = [scale.position(low), scale.position(high)];
  const at = (share: number): number => scale.value(start + (end - start) * share);
  const edges = Array.from({ length: CELLS + 1 }, (_unused, index) => at(index / CELLS));
  const height = curves.map((curve) => highestInside(curve.lambda, curve.density, edges));
  const highest = Math.max(...height.flat());
  const counts = spectra.map(({ measured }) => measured.dimension);
  return {
    lambda: scale,
    steps: spectra.map(({ step }) => step),
    cells: Array.from({ length: CELLS }, (_unused, index) => at((index + 0.5) / CELLS)),
    height,
    floor: densityFloor(sigma, Math.max(...counts), highest),
    highest,
    sigma,
  };
}

/** 0 at the floor and below, 1 at the highest density, logarithmic in between. */
export function level(value: number, { floor, highest }: Pick<Evolution, 'floor' | 'highest'>): number {
  if (value <= floor) return 0;
  return Math.min(1, Math.log(value / floor) / Math.log(highest / floor));
}

/** One row per cell of λ, one column per step. */
export function evolutionTable({ cells, steps, height }: Evolution): FigureTable {
  return {
    columns: ['lambda', ...steps.map((step) => `step ${String(step)}`)],
    rows: cells.map((lambda, cell) => [lambda, ...height.map((heights) => heights[cell] ?? null)]),
  };
}
