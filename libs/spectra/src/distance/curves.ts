/** Distances of two densities given on one grid, as masses: the shares p_i and q_i of the grid's cells, with sum 1 each. */

/** A curve of densities as masses. */
export function masses(values: Float64Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  return values.map((x) => x / sum);
}

/** ∫ |p − q|: 0 for equal densities, 2 for densities that do not overlap. */
export function l1Distance(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.abs((p[i] as number) - (q[i] as number));
  return sum;
}

/**
 * √(½ KL(p ‖ m) + ½ KL(q ‖ m)), m = (p + q) / 2, logarithms to base 2: a metric between 0 and 1 (Endres and Schindelin, A New
 * Metric for Probability Distributions, IEEE Transactions on Information Theory 49, 2003).
 */
export function jensenShannonDistance(p: Float64Array, q: Float64Array): number {
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    const x = p[i] as number;
    const y = q[i] as number;
    const middle = (x + y) / 2;
    if (x > 0) divergence += (x * Math.log2(x / middle)) / 2;
    if (y > 0) divergence += (y * Math.log2(y / middle)) / 2;
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence)));
}
