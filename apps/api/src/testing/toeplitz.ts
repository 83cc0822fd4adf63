/**
 * Spectra whose every statistic is known in closed form: the m × m tridiagonal with the constants a and b has the
 * eigenvalues a + 2b cos(jπ/(m + 1)), and the squared first components of its eigenvectors are 2/(m + 1) sin²(jπ/(m + 1)),
 * j = 1 … m (Golub and Van Loan, Matrix Computations, 4th edition, section 4.8).
 */

export interface Toeplitz {
  readonly a: number;
  readonly b: number;
  readonly m: number;
}

/** alpha: m numbers; beta: m - 1, so that the residuals are not known. */
export function tridiagonal({ a, b, m }: Toeplitz): { alpha: number[]; beta: number[] } {
  return { alpha: Array.from({ length: m }, () => a), beta: Array.from({ length: m - 1 }, () => b) };
}

/** Nodes, descending, with their weights. */
export function quadrature({ a, b, m }: Toeplitz): { node: number; weight: number }[] {
  return Array.from({ length: m }, (_, index) => {
    const angle = ((index + 1) * Math.PI) / (m + 1);
    return { node: a + 2 * b * Math.cos(angle), weight: (2 / (m + 1)) * Math.sin(angle) ** 2 };
  });
}

/** The density of the mean of the quadratures, under Gaussian kernels of standard deviation sigma, at lambda. */
export function gaussianDensity(probes: readonly Toeplitz[], sigma: number, lambda: number): number {
  const mixture = (probe: Toeplitz): number =>
    quadrature(probe).reduce(
      (sum, { node, weight }) => sum + weight * Math.exp(-((lambda - node) ** 2) / (2 * sigma ** 2)),
      0,
    );
  const total = probes.reduce((sum, probe) => sum + mixture(probe), 0);
  return total / probes.length / (sigma * Math.sqrt(2 * Math.PI));
}
