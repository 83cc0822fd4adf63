/**
 * The kernels that a density can be smoothed with, each by its standard deviation σ. The Gaussian is the paper's; the parabola
 * of Epanechnikov (1969) is zero beyond √5 σ, so that on a logarithmic axis no outlier has tails that cover what is beside it.
 */
import { SpectrumError } from '../measure/SpectrumError.ts';
import { unknownChoice } from '../measure/unknownChoice.ts';
import { normalDensity, normalTail } from './normalDistribution.ts';

export type KernelName = 'gaussian' | 'epanechnikov';

/** Points x0 + (i − from) h for i = from … to. */
interface Samples {
  readonly from: number;
  readonly to: number;
  readonly x0: number;
  readonly h: number;
}

export interface Kernel {
  /** Beyond this many σ it is taken as 0. */
  readonly reach: number;
  density(x: number, sigma: number): number;
  /** Its integral over [distance, ∞), distance ≥ 0; by symmetry that over (−∞, −distance] too. */
  tail(distance: number, sigma: number): number;
  /** Adds weight · density to out[i] at each of the samples. */
  accumulate(out: Float64Array, weight: number, sigma: number, samples: Samples): void;
}

const halfWidth = Math.sqrt(5);

function epanechnikovDensity(x: number, sigma: number): number {
  const u = x / (halfWidth * sigma);
  return Math.abs(u) < 1 ? (3 * (1 - u * u)) / (4 * halfWidth * sigma) : 0;
}

/** Number of points after which the recurrence below restarts: it loses about half its square in units of rounding, 2e-13. */
const block = 64;

/**
 * exp(−x²/2σ²) on evenly spaced points by two multiplications each: neighbours differ by exp(−(xh + h²/2)/σ²), and these
 * factors by exp(−h²/σ²).
 */
function accumulateGaussian(out: Float64Array, weight: number, sigma: number, { from, to, x0, h }: Samples): void {
  const step = h / sigma;
  const change = Math.exp(-step * step);
  for (let start = from; start <= to; start += block) {
    const x = x0 + (start - from) * h;
    const end = Math.min(to, start + block - 1);
    let value = weight * normalDensity(x, sigma);
    let factor = Math.exp(-step * (x / sigma + step / 2));
    for (let i = start; i <= end; i++) {
      out[i] = (out[i] as number) + value;
      value *= factor;
      factor *= change;
    }
  }
}

export const kernels: Readonly<Record<KernelName, Kernel>> = {
  // Below 1e-14 of its peak there.
  gaussian: { reach: 8, density: normalDensity, tail: normalTail, accumulate: accumulateGaussian },
  epanechnikov: {
    reach: halfWidth,
    density: epanechnikovDensity,
    tail: (distance, sigma) => {
      const u = Math.min(1, distance / (halfWidth * sigma));
      return ((1 - u) * (1 - u) * (2 + u)) / 4;
    },
    accumulate: (out, weight, sigma, { from, to, x0, h }) => {
      for (let i = from; i <= to; i++) {
        out[i] = (out[i] as number) + weight * epanechnikovDensity(x0 + (i - from) * h, sigma);
      }
    },
  },
};

/** The kernel's integral over [from, to], without cancellation in either tail. */
export function probability(kernel: Kernel, from: number, to: number, sigma: number): number {
  return between(from, kernel.tail(Math.abs(from), sigma), to, kernel.tail(Math.abs(to), sigma));
}

/** The integral over [from, to] of a symmetric density whose tails beyond |from| and |to| are known. */
export function between(from: number, tailOfFrom: number, to: number, tailOfTo: number): number {
  if (from >= 0) return tailOfFrom - tailOfTo;
  if (to <= 0) return tailOfTo - tailOfFrom;
  return 1 - tailOfFrom - tailOfTo;
}

/** Throws a SpectrumError (BAD_OPTION) that names the known kernels. */
export function kernelNamed(name: KernelName): Kernel {
  const found = Object.entries(kernels).find(([known]) => known === name)?.[1];
  if (found) return found;
  throw new SpectrumError('BAD_OPTION', unknownChoice('kernel', Object.keys(kernels), name));
}
