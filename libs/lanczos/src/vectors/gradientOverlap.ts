/** How much of a gradient lies in the span of the top eigenvectors: ‖P_K g‖² / ‖g‖² (Ghorbani, Krishnan, Xiao 2019, §5). */
import { LanczosError } from '../error/LanczosError.ts';
import type { RitzVectors } from './rayleighRitz.ts';

export interface GradientOverlap {
  /** K, the number of largest eigenvectors projected on. */
  readonly k: number;
  /** ‖P_K g‖² / ‖g‖², between 0 and 1. */
  readonly fraction: number;
  /** The largest residual among those K Ritz pairs, in units of the eigenvalues: how well their space is known. */
  readonly residual: number;
}

/**
 * The overlap for each K of `counts`, from vectors measured with lanczos({ ritzVectors }). Any K beyond their number is skipped.
 * Throws a LanczosError: BAD_OPTION for an invalid K or a zero gradient, SHAPE for one of another length.
 */
export function gradientOverlap(
  { vectors, residuals }: RitzVectors,
  gradient: ArrayLike<number>,
  counts: readonly number[],
): GradientOverlap[] {
  for (const vector of vectors) {
    if (vector.length !== gradient.length) {
      throw new LanczosError('SHAPE', `gradient: expected ${vector.length} numbers, got ${gradient.length}.`);
    }
  }
  const bad = counts.find((k) => !Number.isInteger(k) || k < 1);
  if (bad !== undefined) {
    throw new LanczosError('BAD_OPTION', `counts (K): expected integers of at least 1, got ${bad}.`);
  }
  const squaredNorm = Float64Array.from(gradient).reduce((sum, value) => sum + value * value, 0);
  if (!(squaredNorm > 0) || !Number.isFinite(squaredNorm)) {
    throw new LanczosError('BAD_OPTION', `gradient: expected a finite one other than 0, got ‖g‖² = ${squaredNorm}.`);
  }
  const shares = vectors.map((vector) => {
    let product = 0;
    for (let i = 0; i < vector.length; i++) product += (vector[i] as number) * (gradient[i] as number);
    return product ** 2 / squaredNorm;
  });
  return counts
    .filter((k) => k <= vectors.length)
    .map((k) => ({
      k,
      fraction: Math.min(
        1,
        shares.slice(0, k).reduce((sum, share) => sum + share, 0),
      ),
      residual: Math.max(...residuals.subarray(0, k)),
    }));
}
