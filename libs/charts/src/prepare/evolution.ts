/** Prepares the evolution of the density over steps for a heat map or ridgeline. */
import { max, min } from 'd3-array';
import { kernels, kernelWidth, pooledMeasure, type MeasuredSpectrum, type QuadratureMethod } from '@ritz/spectra';
import { asinhScale, linearScale, logScale, type AxisScale, type Domain } from './axisScale.ts';
import type { DensitySettings } from './densityCurves.ts';
import { cellEdges, cellShares, cellSigma, type WeightedNodes } from './evolutionCells.ts';
import type { LambdaAxis } from './lambdaScale.ts';
import type { FigureTable } from './table.ts';

export interface SpectrumOfStep {
  readonly step: number;
  readonly measured: MeasuredSpectrum;
}

export interface Evolution {
  readonly lambda: AxisScale;
  /** Ascending. */
  readonly steps: readonly number[];
  /** Edges of the cells along the λ axis, ascending, evenly spaced on it. */
  readonly edges: readonly number[];
  /** For each step, the mean density in each cell, in shares of the eigenvalues per unit of the axis (see `unit`). */
  readonly height: readonly (readonly number[])[];
  /** Unit of the axis: λ where it is linear, otherwise a decade. */
  readonly unit: 'λ' | 'decade';
  /** Lower end of the colour scale; densities below it are transparent. */
  readonly floor: number;
  readonly highest: number;
  /** Smallest and largest kernel width in units of λ; null: each kernel is as wide on the axis, 1/130 of it. */
  readonly sigma: Domain | null;
}

const evolutionCells = 260;
const tickCount = 8;
/** Cells beyond the outermost eigenvalues. */
const roomCells = 9;

/** Linear part of the arsinh axis as a share of the largest magnitude: at most this, … */
const widestLinear = 1 / 200;
/** … and at least this, however concentrated the bulk is. */
const narrowestLinear = 1e-5;
/** Peak of a single eigenvalue, in shares per cell, with a kernel as wide everywhere. */
const singlePeak = 1 / (cellSigma * Math.sqrt(2 * Math.PI));

const measures: Readonly<Record<QuadratureMethod, WeakMap<MeasuredSpectrum, WeightedNodes>>> = {
  'variance-reduced': new WeakMap(),
  plain: new WeakMap(),
};

/** The Ritz values of all probes with their weights; cached, since each needs an eigendecomposition. */
export function weightedNodes(
  measured: MeasuredSpectrum,
  method: QuadratureMethod = 'variance-reduced',
): WeightedNodes {
  const known = measures[method].get(measured);
  if (known) return known;
  const { nodes, weights } = pooledMeasure(measured, method);
  const found = { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) };
  measures[method].set(measured, found);
  return found;
}

/** Median magnitude of the eigenvalues of one spectrum. */
function medianMagnitude({ nodes, weights }: WeightedNodes): number {
  const order = [...nodes.keys()].sort((a, b) => Math.abs(nodes[a] ?? 0) - Math.abs(nodes[b] ?? 0));
  let below = 0;
  const median = order.find((index) => (below += weights[index] ?? 0) >= 0.5);
  return Math.abs(nodes[median ?? 0] ?? 0);
}

function scaleOf(axis: LambdaAxis, linear: number, [low, high]: Domain): AxisScale | null {
  if (!(low < high)) return null;
  switch (axis) {
    case 'linear':
      return linearScale([low, high], tickCount - 1);
    case 'symlog':
      return asinhScale([low, high], linear, tickCount);
    case 'log':
      return linear < high ? logScale([Math.max(low, linear), high], tickCount) : null;
  }
}

/** The axis with room for the kernels at its ends. */
function withRoom(axis: LambdaAxis, linear: number, scale: AxisScale | null): AxisScale | null {
  if (!scale) return null;
  const [start, end] = scale.domain.map(scale.position) as [number, number];
  const room = (roomCells * (end - start)) / evolutionCells;
  return scaleOf(axis, linear, [scale.value(start - room), scale.value(end + room)]);
}

/** Width of the linear part of an arsinh axis, from which a logarithmic one starts. */
function linearWidth(spectra: readonly WeightedNodes[], [low, high]: Domain): number {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const bulk = min(spectra, medianMagnitude) ?? 0;
  return Math.min(widestLinear, Math.max(narrowestLinear, bulk / largest)) * largest;
}

/** The measured range and `reach` beyond it; a single eigenvalue gets an axis around it. */
function rangeOf(spectra: readonly WeightedNodes[], include: readonly number[], reach: number): Domain {
  const low = Math.min(min(spectra, ({ nodes }) => nodes[0]) ?? 0, ...include);
  const high = Math.max(max(spectra, ({ nodes }) => nodes.at(-1)) ?? 0, ...include);
  const room = Math.max(reach, low < high ? 0 : Math.abs(high) * 0.5 || 1);
  return [low - room, high + room];
}

/**
 * `spectra` in ascending steps. Null without spectra, or if none lies on the axis. Where the kernel's width is chosen from the
 * spectrum, it is the same everywhere on the axis, so that the picture shows the data and not the kernel.
 * @param include values of λ that the axis reaches, unless it is zoomed
 */
export function evolution(
  spectra: readonly SpectrumOfStep[],
  { smoothing, kernel, method, zoom }: DensitySettings,
  axis: LambdaAxis,
  include: readonly number[] = [],
): Evolution | null {
  const pooled = spectra.map(({ measured }) => weightedNodes(measured, method));
  if (pooled.length === 0) return null;
  const widths = pooled.map(({ nodes }) =>
    smoothing.kind === 'auto' ? null : kernelWidth(smoothing, nodes[0] ?? 0, nodes.at(-1) ?? 0),
  );
  const known = widths.filter((sigma) => sigma !== null);
  const range = rangeOf(pooled, include, kernels[kernel].reach * (max(known) ?? 0));
  const linear = linearWidth(pooled, range);
  const scale = zoom ? scaleOf(axis, linear, zoom) : withRoom(axis, linear, scaleOf(axis, linear, range));
  if (!scale) return null;
  const edges = cellEdges(scale, evolutionCells);
  const [start, end] = scale.domain.map(scale.position) as [number, number];
  const perUnit = evolutionCells / (end - start);
  const height = pooled.map((measure, index) =>
    cellShares(measure, edges, scale, { kernel, sigma: widths[index] ?? null }).map((share) => share * perUnit),
  );
  const highest = max(height, (heights) => max(heights)) ?? 0;
  if (!(highest > 0)) return null;
  const dimension = max(spectra, ({ measured }) => measured.dimension) ?? 1;
  return {
    lambda: scale,
    steps: spectra.map(({ step }) => step),
    edges: Array.from(edges),
    height,
    unit: axis === 'linear' ? 'λ' : 'decade',
    // Below the peak of a single eigenvalue, but no more decades than colours tell apart.
    floor: 10 ** Math.floor(Math.log10(Math.max((singlePeak * perUnit) / (2 * dimension), highest * 1e-7))),
    highest,
    sigma: known.length === 0 ? null : [min(known) ?? 0, max(known) ?? 0],
  };
}

/** 0 at the floor and below, 1 at the highest density, logarithmic in between. */
export function level(value: number, { floor, highest }: Pick<Evolution, 'floor' | 'highest'>): number {
  if (value <= floor) return 0;
  return Math.min(1, Math.log(value / floor) / Math.log(highest / floor));
}

/** The middle of each cell on the axis. */
export function cellCentres({ edges, lambda }: Pick<Evolution, 'edges' | 'lambda'>): number[] {
  return edges
    .slice(1)
    .map((edge, cell) => lambda.value((lambda.position(edges[cell] ?? 0) + lambda.position(edge)) / 2));
}

/** One row per cell of λ, one column per step: the mean density in the cell per unit of λ. */
export function evolutionTable(evolution: Evolution): FigureTable {
  const { steps, edges, height, lambda } = evolution;
  const [start, end] = lambda.domain.map(lambda.position) as [number, number];
  const width = (end - start) / (edges.length - 1);
  const perLambda = (cell: number): number => width / ((edges[cell + 1] ?? 0) - (edges[cell] ?? 0));
  return {
    columns: ['lambda', ...steps.map((step) => `step ${String(step)}`)],
    rows: cellCentres(evolution).map((value, cell) => [
      value,
      ...height.map((heights) => (heights[cell] ?? 0) * perLambda(cell)),
    ]),
  };
}
