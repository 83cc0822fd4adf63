/** The Wasserstein-1 distance of two discrete measures on the line. */
import { ascending } from '../ritz/pooledMeasure.ts';
import type { Atoms } from '../ritz/spectralMeasure.ts';

/**
 * ∫ |F_a − F_b| dλ, the area between the distribution functions: exact, and free of any smoothing. In units of λ. Nodes may be
 * in any order; weights of each measure sum to 1.
 */
export function wasserstein1(a: Atoms, b: Atoms): number {
  const [p, q] = [ascending(a), ascending(b)];
  let [i, j] = [0, 0];
  let distance = 0;
  let difference = 0;
  let last = NaN;
  while (i < p.nodes.length || j < q.nodes.length) {
    const next = p.nodes[i] ?? Infinity;
    const other = q.nodes[j] ?? Infinity;
    const node = Math.min(next, other);
    if (difference !== 0) distance += Math.abs(difference) * (node - last);
    if (next <= other) difference += p.weights[i++] as number;
    else difference -= q.weights[j++] as number;
    last = node;
  }
  return distance;
}
