/**
 * The gradient energy spectrum: how ‖g‖² is spread over the eigenvalues. Lanczos started at g / ‖g‖ measures it without any
 * eigenvector: its Ritz values and squared first components are the Gauss quadrature of Σ ⟨g, u_i⟩² δ(λ − λ_i) / ‖g‖².
 */
import type { ProbeMeasurement } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { mergeGhosts } from '../ritz/ghosts.ts';
import { quadrature } from '../ritz/ritzDecomposition.ts';

export interface GradientEnergy {
  /** Ritz values, ascending. */
  readonly lambda: readonly number[];
  /** Share of ‖g‖² at each, sum 1. */
  readonly share: readonly number[];
  /** gᵀHg / ‖g‖², the curvature along the gradient; exact. */
  readonly meanCurvature: number;
  /** Share of ‖g‖² along directions of negative curvature. */
  readonly negative: number;
  /** Share beyond each of `above`, in their order. */
  readonly above: readonly number[];
}

/**
 * `above` holds eigenvalues λ, such as a bulk edge or λ_K, and the share of the energy at larger ones is given. Throws a
 * SpectrumError for a probe that is not valid or a λ that is not a number.
 */
export function gradientEnergy(energy: ProbeMeasurement, above: readonly number[] = []): GradientEnergy {
  const bad = above.find((lambda) => Number.isNaN(lambda));
  if (bad !== undefined) throw new SpectrumError('BAD_OPTION', `above: expected eigenvalues, got ${bad}.`);
  const { nodes, weights } = mergeGhosts(quadrature(energy));
  const share = (isIn: (lambda: number) => boolean): number =>
    nodes.reduce((sum, lambda, i) => sum + (isIn(lambda) ? (weights[i] as number) : 0), 0);
  return {
    lambda: Array.from(nodes),
    share: Array.from(weights),
    meanCurvature: nodes.reduce((sum, lambda, i) => sum + lambda * (weights[i] as number), 0),
    negative: share((lambda) => lambda < 0),
    above: above.map((least) => share((lambda) => lambda > least)),
  };
}
