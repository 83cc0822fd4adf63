/**
 * A-posteriori bounds on the distribution function of a spectrum (Chen, Trogdon and Ubaru, Analysis of Stochastic Lanczos
 * Quadrature for Spectrum Approximation, ICML 2021, arXiv 2105.06595). Between two nodes of a Gauss quadrature the distribution
 * function of the probe is known to within their weights (Chebyshev–Markov–Stieltjes); its mean over random probes is the
 * distribution function of the spectrum to within a sampling error of known probability.
 */
import { checkSpectrum } from '../measure/check.ts';
import { isTridiagonal, type MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { mergeGhosts } from '../ritz/ghosts.ts';
import { quadrature, type Quadrature } from '../ritz/ritzDecomposition.ts';

export interface BoundOptions {
  /** Points at which the distribution function is bounded. Default: none. */
  readonly lambda?: readonly number[];
  /** Probability that the spectrum is allowed to lie outside, between 0 and 1. Default 0.05. */
  readonly failure?: number;
}

export interface DistributionBounds {
  readonly lambda: readonly number[];
  /** The share of eigenvalues ≤ λ lies between these, everywhere at once, with probability 1 − failure. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly failure: number;
  /** Half the width that the finite number of probes alone causes: √(ln(2n / failure) / (k (n + 2))). */
  readonly sampling: number;
  /** Kolmogorov–Smirnov distance to the true spectrum is at most this, with the same probability. */
  readonly kolmogorovSmirnov: number;
  /** Wasserstein-1 distance of the plain quadrature to the true spectrum is at most this, in units of λ. */
  readonly wasserstein1: number;
}

interface ProbeQuadrature extends Quadrature {
  /** The Krylov space was invariant: the quadrature is the probe's distribution itself. */
  readonly isExact: boolean;
}

/**
 * For probes uniform on the sphere, from the plain quadrature of each. Eigenvalues beyond the extreme nodes by more than their
 * residuals have no part in the Wasserstein bound. Throws a SpectrumError (BAD_OPTION) for a `failure` outside (0, 1).
 */
export function distributionBounds(
  spectrum: MeasuredSpectrum,
  { lambda = [], failure = 0.05 }: BoundOptions = {},
): DistributionBounds {
  if (!(failure > 0 && failure < 1)) {
    throw new SpectrumError('BAD_OPTION', `failure: expected a probability between 0 and 1, got ${failure}.`);
  }
  checkSpectrum(spectrum);
  const { probes, deflated = { values: [], residuals: [] } } = spectrum;
  const n = spectrum.dimension - deflated.values.length;
  // Share of the spectrum that the probes measure; each of the others is known.
  const share = n / spectrum.dimension;
  const knownBelow = (x: number): number => Array.from(deflated.values).filter((value) => value <= x).length;
  const quadratures = probes.map((probe) => ({
    ...mergeGhosts(quadrature(probe)),
    isExact: isTridiagonal(probe) && probe.beta[probe.alpha.length - 1] === 0,
  }));
  const sampling = share * Math.sqrt(Math.log((2 * n) / failure) / (probes.length * (n + 2)));
  const meanOver = (value: (quadrature: ProbeQuadrature) => number): number =>
    quadratures.reduce((sum, quadrature) => sum + value(quadrature), 0) / quadratures.length;
  const bounds = lambda.map((x) => {
    const ofProbes = quadratures.map((quadrature) => boundsAt(quadrature, x));
    const known = knownBelow(x) / spectrum.dimension;
    const mean = (end: 0 | 1): number => (share * ofProbes.reduce((sum, pair) => sum + pair[end], 0)) / ofProbes.length;
    return [known + Math.max(0, mean(0) - sampling), known + Math.min(share, mean(1) + sampling)] as const;
  });
  const first = Math.min(...quadratures.map(({ nodes }) => nodes[0] ?? 0));
  const last = Math.max(...quadratures.map(({ nodes }) => nodes.at(-1) ?? 0));
  return {
    lambda,
    lower: bounds.map(([lower]) => lower),
    upper: bounds.map(([, upper]) => upper),
    failure,
    sampling,
    kolmogorovSmirnov: Math.min(
      1,
      sampling + share * meanOver(({ weights, isExact }) => (isExact ? 0 : Math.max(...weights))),
    ),
    wasserstein1: sampling * (last - first) + share * meanOver(wassersteinBound),
  };
}

/** What the distribution function of one probe is at least and at most at x. */
function boundsAt({ nodes, weights, isExact }: ProbeQuadrature, x: number): readonly [number, number] {
  let below = 0;
  let i = 0;
  for (; i < nodes.length && (nodes[i] as number) <= x; i++) below += weights[i] as number;
  return isExact ? [below, below] : [below - (weights[i - 1] ?? 0), below + (weights[i] ?? 0)];
}

/** ∫ of the larger of both sides' uncertainty, in the gap between nodes and beyond the extreme ones by their residuals. */
function wassersteinBound({ nodes, weights, residuals, isExact }: ProbeQuadrature): number {
  if (isExact) return 0;
  const end = nodes.length - 1;
  let sum = (residuals?.[0] ?? 0) * (weights[0] ?? 0) + (residuals?.[end] ?? 0) * (weights[end] ?? 0);
  for (let i = 0; i < end; i++) {
    const widest = Math.max(weights[i] as number, weights[i + 1] as number);
    sum += widest * ((nodes[i + 1] as number) - (nodes[i] as number));
  }
  return sum;
}
