/** The lower end of a logarithmic density axis. */

/**
 * A power of ten at most a tenth of the peak of a single eigenvalue of `n`, 1 / (n σ √(2π)), so that no eigenvalue is cut off. Without `n` (null): eight decades below the highest density.
 */
export function densityFloor(sigma: number, n: number | null, highest: number): number {
  const lowest = n === null ? highest * 1e-7 : 1 / (n * sigma * Math.sqrt(2 * Math.PI));
  return 10 ** Math.floor(Math.log10(lowest / 10));
}
