/** How much of a gradient lies in the span of the top eigenvectors: ‖P_K g‖² / ‖g‖² (Ghorbani, Krishnan, Xiao 2019, §5). */
import { tridiagonalEigen } from '@ritz/spectra';
import { EstimationError } from '../error/EstimationError.ts';
import type { ProbeResult } from './lanczos.ts';

export interface GradientOverlap {
  /** K, the number of largest Ritz vectors projected on. */
  readonly k: number;
  /** ‖P_K g‖² / ‖g‖², between 0 and 1. */
  readonly fraction: number;
}

/**
 * The overlap for each K of `counts`, from probes measured with `project: [gradient]`. The Ritz vectors of one probe are
 * orthonormal, so its overlap is Σ ⟨y_i, g⟩² / ‖g‖² over its K largest; of the probes, the one whose K-th Ritz pair has the
 * smallest residual is taken. ⟨y_i, g⟩ = s_iᵀ (Vᵀ g): no Ritz vector is ever formed. A K beyond a probe's length is left out.
 * Throws an EstimationError (BAD_OPTION) when the probes carry no projection or the gradient is zero.
 */
export function gradientOverlap(
  probes: readonly ProbeResult[],
  gradient: Float64Array,
  counts: readonly number[],
): GradientOverlap[] {
  const squaredNorm = gradient.reduce((sum, value) => sum + value * value, 0);
  if (!(squaredNorm > 0))
    throw new EstimationError('BAD_OPTION', 'The gradient is zero: its direction is not defined.');
  const decompositions = probes.map(({ alpha, beta, projections: [projection] }) => {
    if (!projection) {
      throw new EstimationError('BAD_OPTION', 'gradientOverlap: run lanczos with `project: [gradient]` first.');
    }
    const { last, carried } = tridiagonalEigen(alpha, beta, [projection]);
    return { residuals: last.map((s) => Math.abs(s * (beta.at(-1) ?? 0))), products: carried[0] ?? new Float64Array() };
  });
  return counts.flatMap((k) => {
    const usable = decompositions.filter(({ products }) => products.length >= k);
    const best = usable.sort((a, b) => (a.residuals.at(-k) ?? 0) - (b.residuals.at(-k) ?? 0))[0];
    if (!best || k < 1) return [];
    const captured = best.products.slice(-k).reduce((sum, product) => sum + product * product, 0);
    return [{ k, fraction: Math.min(1, captured / squaredNorm) }];
  });
}
