/** What was measured of a spectrum: one tridiagonal (or one discrete measure) per probe. */

/**
 * The result of Lanczos from one start vector: `alpha` has m diagonal entries. `beta[j]` couples rows j and j + 1 for
 * j < m - 1; `beta[m - 1]` is the norm of the last residual (0: the Krylov space is invariant). A peer that kept only m - 1
 * couplings is accepted; residuals are then unknown.
 */
export interface Tridiagonal {
  readonly alpha: ArrayLike<number>;
  readonly beta: ArrayLike<number>;
}

/** Quadrature nodes (Ritz values) with weights that sum to 1, for peers that kept no tridiagonal. */
export interface DiscreteMeasure {
  readonly nodes: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

export type ProbeMeasurement = Tridiagonal | DiscreteMeasure;

/** Eigenvalues that were found beforehand, with eigenvectors that all probes are orthogonal to. */
export interface DeflatedEigenvalues {
  readonly values: ArrayLike<number>;
  /** The distance within which an eigenvalue is certain, one for each value. */
  readonly residuals: ArrayLike<number>;
}

export interface MeasuredSpectrum {
  /** n, the number of parameters: the order of the matrix. */
  readonly dimension: number;
  /** They measure the whole spectrum, or what is left of it beside the deflated eigenvalues. */
  readonly probes: readonly ProbeMeasurement[];
  /** Each counts 1/n. Default: none. */
  readonly deflated?: DeflatedEigenvalues;
}

export function isTridiagonal(probe: ProbeMeasurement): probe is Tridiagonal {
  return 'alpha' in probe;
}

/** A number with its standard error over probes (null: a single probe says nothing about it). */
export interface Estimate {
  readonly value: number;
  readonly standardError: number | null;
}
