/** The coordinate that a density is smoothed and drawn in: λ itself, or arsinh(λ / width), which shows a small bulk beside large outliers. */
import { SpectrumError } from '../measure/SpectrumError.ts';
import { unknownChoice } from '../measure/unknownChoice.ts';
import type { Atoms } from '../ritz/spectralMeasure.ts';

export type DensityScale =
  | { readonly kind: 'linear' }
  /** Linear in λ up to `width` (greater than 0), logarithmic beyond it on both sides of 0. Default: chosen from the spectrum. */
  | { readonly kind: 'asinh'; readonly width?: number };

export type DensityScaleName = DensityScale['kind'];

/** Strictly increasing. */
export interface Coordinate {
  readonly kind: DensityScaleName;
  /** Where the scale turns from linear to logarithmic; null where it is linear throughout. */
  readonly width: number | null;
  of(lambda: number): number;
  /** The λ at a coordinate. */
  lambda(coordinate: number): number;
}

const names: readonly DensityScaleName[] = ['linear', 'asinh'];

/** The width is at least this share of the largest |λ|, which rounding scatters eigenvalues of 0 by. */
const leastWidth = 1e-10;

/**
 * The coordinate of spectra that are shown together. Unless given, the width is the median |λ| of all, so that half of the eigenvalues
 * are in its linear part. Throws a SpectrumError (BAD_OPTION) for a width that is not positive and for an unknown scale.
 */
export function coordinateOf(scale: DensityScale, measures: readonly Atoms[]): Coordinate {
  switch (scale.kind) {
    case 'linear':
      return { kind: 'linear', width: null, of: (lambda) => lambda, lambda: (coordinate) => coordinate };
    case 'asinh': {
      const width = scale.width ?? medianMagnitude(measures);
      if (!(width > 0 && Number.isFinite(width))) {
        throw new SpectrumError('BAD_OPTION', `scale.width: expected a number greater than 0, got ${width}.`);
      }
      return {
        kind: 'asinh',
        width,
        of: (lambda) => Math.asinh(lambda / width),
        lambda: (coordinate) => width * Math.sinh(coordinate),
      };
    }
    default:
      throw unknownScale(scale);
  }
}

function unknownScale(scale: never): SpectrumError {
  return new SpectrumError(
    'BAD_OPTION',
    unknownChoice('scale.kind', names, (scale as { readonly kind: unknown }).kind),
  );
}

/** Positive also where all eigenvalues are 0. */
function medianMagnitude(measures: readonly Atoms[]): number {
  const atoms = measures
    .flatMap(({ nodes, weights }) => Array.from(nodes, (node, i) => [Math.abs(node), weights[i] ?? 0] as const))
    .sort(([a], [b]) => a - b);
  const half = atoms.reduce((sum, [, weight]) => sum + weight, 0) / 2;
  let below = 0;
  const median = atoms.find(([, weight]) => (below += weight) >= half)?.[0] ?? 0;
  const largest = atoms.at(-1)?.[0] ?? 0;
  return Math.max(median, leastWidth * largest) || 1;
}
