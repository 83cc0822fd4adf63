/** Where a logarithmic density axis ends below. */

/**
 * A power of ten at most a tenth of the peak that one single eigenvalue of `n` makes, 1 / (n σ √(2π)), so that nothing that
 * could be an eigenvalue is cut off. Without `n` (null): eight decades below the highest density.
 */
export function densityFloor(sigma: number, n: number | null, highest: number): number {
  const lowest = n === null ? highest * 1e-7 : 1 / (n * sigma * Math.sqrt(2 * Math.PI));
  return 10 ** Math.floor(Math.log10(lowest / 10));
}
