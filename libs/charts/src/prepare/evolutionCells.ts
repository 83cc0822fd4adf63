/** The share of the eigenvalues in each cell of an axis: exact for any kernel width, so that no peak falls between grid points. */
import { kernels, probability, type KernelName } from '@ritz/spectra';
import type { AxisScale } from './axisScale.ts';

export interface WeightedNodes {
  /** Ascending. */
  readonly nodes: Float64Array;
  /** With sum 1. */
  readonly weights: Float64Array;
}

export interface CellKernel {
  readonly kernel: KernelName;
  /** Standard deviation in units of λ; null: `cellSigma` cells of the axis, whatever λ. */
  readonly sigma: number | null;
}

/** Standard deviation of a kernel that is as wide everywhere on the axis: joins the nodes of the bulk, and leaves outliers apart. */
export const cellSigma = 2;
/** Cells on each side that it reaches. */
const reachCells = 4 * cellSigma;

/** Edges of `count` cells that divide the axis evenly. */
export function cellEdges(scale: AxisScale, count: number): Float64Array {
  const [start, end] = scale.domain.map(scale.position) as [number, number];
  return Float64Array.from({ length: count + 1 }, (_unused, index) =>
    scale.value(start + ((end - start) * index) / count),
  );
}

/** One share for each cell between the `edges` of `cellEdges`. */
export function cellShares(
  measure: WeightedNodes,
  edges: Float64Array,
  scale: AxisScale,
  kernel: CellKernel,
): number[] {
  const shares = new Float64Array(edges.length - 1);
  if (kernel.sigma === null) spreadOnAxis(measure, shares, scale);
  else spreadInLambda(measure, shares, edges, kernel.kernel, kernel.sigma);
  return Array.from(shares);
}

/** A Gaussian sampled at the centres of the cells and normalised, so that each node keeps its weight. */
function spreadOnAxis({ nodes, weights }: WeightedNodes, shares: Float64Array, scale: AxisScale): void {
  const [start, end] = scale.domain.map(scale.position) as [number, number];
  const perCell = shares.length / (end - start);
  for (const [index, node] of nodes.entries()) {
    const place = (scale.position(node) - start) * perCell;
    const cell = Math.floor(place);
    if (!(cell >= -reachCells && cell < shares.length + reachCells)) continue;
    const height = (at: number): number => Math.exp(-0.5 * ((at + 0.5 - place) / cellSigma) ** 2);
    let sum = 0;
    for (let at = cell - reachCells; at <= cell + reachCells; at++) sum += height(at);
    const scaled = (weights[index] ?? 0) / sum;
    for (let at = Math.max(0, cell - reachCells); at <= Math.min(shares.length - 1, cell + reachCells); at++) {
      shares[at] = (shares[at] ?? 0) + scaled * height(at);
    }
  }
}

function spreadInLambda(
  { nodes, weights }: WeightedNodes,
  shares: Float64Array,
  edges: Float64Array,
  name: KernelName,
  sigma: number,
): void {
  const kernel = kernels[name];
  const reach = kernel.reach * sigma;
  let first = 0;
  for (const [index, node] of nodes.entries()) {
    while (first < shares.length && (edges[first + 1] ?? Infinity) < node - reach) first++;
    for (let cell = first; cell < shares.length && (edges[cell] ?? Infinity) <= node + reach; cell++) {
      const inside = probability(kernel, (edges[cell] ?? 0) - node, (edges[cell + 1] ?? 0) - node, sigma);
      shares[cell] = (shares[cell] ?? 0) + (weights[index] ?? 0) * inside;
    }
  }
}
