/** The Wasserstein-1 distance of two discrete measures on the line. */
import type { Atoms } from '../ritz/spectralMeasure.ts';

/**
 * ∫ |F_a − F_b| dλ, the area between the distribution functions: exact, and free of any smoothing. In units of λ. Nodes may be
 * in any order; weights of each measure sum to 1.
 */
export function wasserstein1(a: Atoms, b: Atoms): number {
  const count = a.nodes.length;
  const node = (i: number): number => (i < count ? a.nodes[i] : b.nodes[i - count]) as number;
  const order = Array.from({ length: count + b.nodes.length }, (_, i) => i).sort((i, j) => node(i) - node(j));
  let distance = 0;
  let difference = 0;
  order.forEach((i, position) => {
    difference += (i < count ? a.weights[i] : -(b.weights[i - count] as number)) as number;
    distance += Math.abs(difference) * (node(order[position + 1] ?? i) - node(i));
  });
  return distance;
}
