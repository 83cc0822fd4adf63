/** How wide the Gaussian is that a density is smoothed with. */
import { SpectrumError } from '../measure/SpectrumError.ts';
import { unknownChoice } from '../measure/unknownChoice.ts';

export type Smoothing =
  /** σ = range / 200: a feature as wide as half a percent of the axis. */
  | { readonly kind: 'auto' }
  /** σ in units of λ. */
  | { readonly kind: 'absolute'; readonly sigma: number }
  /** Variance σ² · max(1, range), σ² = 1e-5 by default, as google/spectral-density and PyHessian do. */
  | { readonly kind: 'paper'; readonly sigmaSquared?: number };

const autoShare = 1 / 200;

function positive(name: string, value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) {
    throw new SpectrumError('BAD_SMOOTHING', `${name}: expected a number greater than 0, got ${value}.`);
  }
  return value;
}

/** σ for a spectrum that spans [min, max]. Throws a SpectrumError (BAD_SMOOTHING) for a width that is not positive. */
export function kernelWidth(smoothing: Smoothing, min: number, max: number): number {
  const range = max - min;
  switch (smoothing.kind) {
    case 'absolute':
      return positive('sigma', smoothing.sigma);
    case 'paper':
      return Math.sqrt(positive('sigmaSquared', smoothing.sigmaSquared ?? 1e-5) * Math.max(1, range));
    case 'auto':
      return autoShare * (range > 0 ? range : Math.max(1e-12, Math.abs(max)));
    default:
      throw unknownSmoothing(smoothing);
  }
}

const kinds: readonly Smoothing['kind'][] = ['auto', 'absolute', 'paper'];

function unknownSmoothing(smoothing: never): SpectrumError {
  const { kind } = smoothing as { readonly kind: unknown };
  return new SpectrumError('BAD_SMOOTHING', unknownChoice('smoothing.kind', kinds, kind));
}
