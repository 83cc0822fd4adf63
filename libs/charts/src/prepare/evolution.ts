/** Prepares the evolution of the density over steps for a heat map or ridgeline. */
import { max, min } from 'd3-array';
import { density, type MeasuredSpectrum } from '@ritz/spectra';
import type { AxisScale, Domain } from './axisScale.ts';
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
  /** Smallest and largest kernel width: each spectrum has its own where the width is chosen from the spectrum. */
  readonly sigma: Domain;
}

const cells = 260;
const gridPoints = 2048;
/** Finer on a logarithmic axis, so that its first decades hold more than one point. */
const logGridPoints = 8192;

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
  const points = axis === 'log' ? logGridPoints : gridPoints;
  const grid = { points, ...(zoom ? { min: zoom[0], max: zoom[1] } : {}) };
  const curves = spectra.map(({ measured }) => density(measured, { smoothing, kernel, grid }));
  const sigma = [min(curves, (curve) => curve.sigma) ?? 0, max(curves, (curve) => curve.sigma) ?? 0] as const;
  const ends = [min(curves, ({ lambda }) => lambda[0]) ?? 0, max(curves, ({ lambda }) => lambda.at(-1)) ?? 0] as const;
  const scale = lambdaScale(axis, ends, sigma[0], 8);
  if (!scale) return null;
  const [low, high] = scale.domain;
  const [start, end] = [scale.position(low), scale.position(high)];
  const at = (share: number): number => scale.value(start + (end - start) * share);
  const edges = Array.from({ length: cells + 1 }, (_unused, index) => at(index / cells));
  const height = curves.map((curve) => highestInside(curve.lambda, curve.density, edges));
  const highest = max(height, (heights) => max(heights)) ?? 0;
  return {
    lambda: scale,
    steps: spectra.map(({ step }) => step),
    cells: Array.from({ length: cells }, (_unused, index) => at((index + 0.5) / cells)),
    height,
    floor: densityFloor(sigma[1], max(spectra, ({ measured }) => measured.dimension) ?? 1, highest),
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
