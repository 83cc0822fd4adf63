/**
 * The kernels that a density can be smoothed with, each by its standard deviation σ. The Gaussian is the paper's; the parabola
 * of Epanechnikov (1969) is zero beyond √5 σ, so that on a logarithmic axis no outlier has tails that cover what is beside it.
 */
import { normalDensity, normalProbability } from './normalDistribution.ts';

export type KernelName = 'gaussian' | 'epanechnikov';

export interface Kernel {
  /** Beyond this many σ it is taken as 0. */
  readonly reach: number;
  density(x: number, sigma: number): number;
  /** Its integral over [from, to]. */
  probability(from: number, to: number, sigma: number): number;
}

const halfWidth = Math.sqrt(5);

/** ½ + (3u − u³) / 4 for |u| ≤ 1. */
function epanechnikovDistribution(u: number): number {
  const inside = Math.max(-1, Math.min(1, u));
  return (2 + 3 * inside - inside ** 3) / 4;
}

export const kernels: Readonly<Record<KernelName, Kernel>> = {
  // Below 1e-14 of its peak there.
  gaussian: { reach: 8, density: normalDensity, probability: normalProbability },
  epanechnikov: {
    reach: halfWidth,
    density: (x, sigma) => {
      const u = x / (halfWidth * sigma);
      return Math.abs(u) < 1 ? (3 * (1 - u * u)) / (4 * halfWidth * sigma) : 0;
    },
    probability: (from, to, sigma) =>
      epanechnikovDistribution(to / (halfWidth * sigma)) - epanechnikovDistribution(from / (halfWidth * sigma)),
  },
};
