/** Distances of two densities given on one grid. */

/** Two curves as masses p_i and q_i of the grid's cells, with sum 1 each. */
function masses(values: Float64Array): Float64Array {
  const sum = values.reduce((total, x) => total + x, 0);
  return values.map((x) => x / sum);
}

/** ∫ |p − q|: 0 for equal densities, 2 for densities that do not overlap. */
export function l1Distance(a: Float64Array, b: Float64Array): number {
  const [p, q] = [masses(a), masses(b)];
  return p.reduce((sum, x, i) => sum + Math.abs(x - (q[i] as number)), 0);
}

/**
 * √(½ KL(p ‖ m) + ½ KL(q ‖ m)), m = (p + q) / 2, logarithms to base 2: a metric between 0 and 1 (Endres and Schindelin, A New
 * Metric for Probability Distributions, IEEE Transactions on Information Theory 49, 2003).
 */
export function jensenShannonDistance(a: Float64Array, b: Float64Array): number {
  const [p, q] = [masses(a), masses(b)];
  const term = (x: number, middle: number): number => (x > 0 ? x * Math.log2(x / middle) : 0);
  const divergence = p.reduce((sum, x, i) => {
    const y = q[i] as number;
    return sum + (term(x, (x + y) / 2) + term(y, (x + y) / 2)) / 2;
  }, 0);
  return Math.sqrt(Math.min(1, Math.max(0, divergence)));
}
