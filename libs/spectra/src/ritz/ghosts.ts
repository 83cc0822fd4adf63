/**
 * Ghosts: without reorthogonalisation, Lanczos finds a converged eigenvalue again and again (Paige 1971; Cullum and Willoughby,
 * Lanczos Algorithms for Large Symmetric Eigenvalue Computations, §4). The copies share the weight of the one eigenvalue.
 */
import type { Quadrature } from './ritzDecomposition.ts';

/** Converged Ritz values closer than this share of the largest |Ritz value| cannot be told apart in float32 arithmetic. */
const copyTolerance = 1e-6;

/** One node for each set of converged copies, with the sum of their weights; the same object where there are none. */
export function mergeGhosts(quadrature: Quadrature): Quadrature {
  const { nodes, weights, residuals } = quadrature;
  if (residuals === null) return quadrature;
  const closeness = copyTolerance * Math.max(Math.abs(nodes[0] ?? 0), Math.abs(nodes.at(-1) ?? 0));
  const isConverged = (i: number): boolean => (residuals[i] ?? Infinity) <= closeness;
  const first: number[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const near = i > 0 && (nodes[i] ?? 0) - (nodes[i - 1] ?? 0) <= closeness;
    if (!(near && isConverged(i) && isConverged(i - 1))) first.push(i);
  }
  if (first.length === nodes.length) return quadrature;
  const sets = first.map((start, set) => ({ start, end: first[set + 1] ?? nodes.length }));
  return {
    nodes: Float64Array.from(sets, ({ start, end }) => nodes[heaviest(weights, start, end)] ?? 0),
    weights: Float64Array.from(sets, ({ start, end }) => weights.subarray(start, end).reduce((sum, w) => sum + w, 0)),
    residuals: Float64Array.from(sets, ({ start, end }) => Math.min(...residuals.subarray(start, end))),
  };
}

function heaviest(weights: Float64Array, start: number, end: number): number {
  let best = start;
  for (let i = start + 1; i < end; i++) if ((weights[i] ?? 0) > (weights[best] ?? 0)) best = i;
  return best;
}
