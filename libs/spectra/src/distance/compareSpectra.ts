/** Several measured spectra on one scale: densities with one kernel on one grid, and the distances between all pairs. */
import { density, requireAbsolute, type Density, type DensityOptions } from '../density/density.ts';
import { coordinateOf } from '../density/densityScale.ts';
import { kernelWidth } from '../density/smoothing.ts';
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { pooledMeasure } from '../ritz/pooledMeasure.ts';
import { jensenShannonDistance, l1Distance, masses } from './curves.ts';
import { wasserstein1 } from './wasserstein.ts';

export interface SpectraComparison {
  /** One per spectrum, in order; all with the same `lambda` and `sigma`. */
  readonly densities: readonly Density[];
  /** The grid of all densities, ascending, in units of λ. */
  readonly lambda: Float64Array;
  /** Standard deviation of the one kernel, in units of the coordinate. */
  readonly sigma: number;
  /** Entry [i][j] is the distance of spectra i and j: symmetric, 0 on the diagonal. Exact on the weighted Ritz values. */
  readonly wasserstein1: number[][];
  /** ∫ |p − q| over the grid, 0 to 2; on an arsinh scale of the densities in its coordinate, as the next. */
  readonly l1: number[][];
  /** Base 2, over the grid, 0 to 1. */
  readonly jensenShannon: number[][];
}

/**
 * `auto` and `paper` smoothing, and the ends of the grid unless given, are taken over the range of all spectra together.
 * `spectralDistances` gives one pair with error bars and a grid of its own. Throws a SpectrumError for an empty list, a
 * spectrum that is not valid, a width that is not positive, or a grid with no extent.
 */
export function compareSpectra(
  spectra: readonly MeasuredSpectrum[],
  {
    smoothing = { kind: 'auto' },
    grid = {},
    method = 'variance-reduced',
    scale = { kind: 'linear' },
    ...rest
  }: DensityOptions = {},
): SpectraComparison {
  const pooled = spectra.map((spectrum) => pooledMeasure(spectrum, method));
  if (pooled.length === 0) throw new SpectrumError('EMPTY', 'There is no spectrum to compare; at least one is needed.');
  const axis = coordinateOf(scale, pooled);
  requireAbsolute(smoothing, axis);
  const lowest = axis.of(Math.min(...pooled.map(({ nodes }) => nodes[0] ?? 0)));
  const highest = axis.of(Math.max(...pooled.map(({ nodes }) => nodes.at(-1) ?? 0)));
  const sigma = kernelWidth(smoothing, lowest, highest);
  const common = {
    ...grid,
    min: grid.min ?? axis.lambda(lowest - 8 * sigma),
    max: grid.max ?? axis.lambda(highest + 8 * sigma),
  };
  const shared = axis.width === null ? scale : ({ kind: 'asinh', width: axis.width } as const);
  const densities = spectra.map((spectrum) =>
    density(spectrum, { ...rest, smoothing: { kind: 'absolute', sigma }, grid: common, method, scale: shared }),
  );
  const curves = densities.map(({ density: values }) => masses(values));
  const curve = (i: number): Float64Array => curves[i] ?? new Float64Array();
  return {
    densities,
    lambda: densities[0]?.lambda ?? new Float64Array(),
    sigma,
    wasserstein1: pairs(spectra.length, (i, j) => {
      const [a, b] = [pooled[i], pooled[j]];
      return a && b ? wasserstein1(a, b) : 0;
    }),
    l1: pairs(spectra.length, (i, j) => l1Distance(curve(i), curve(j))),
    jensenShannon: pairs(spectra.length, (i, j) => jensenShannonDistance(curve(i), curve(j))),
  };
}

function pairs(count: number, distance: (i: number, j: number) => number): number[][] {
  const matrix = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const value = distance(i, j);
      (matrix[i] ?? [])[j] = value;
      (matrix[j] ?? [])[i] = value;
    }
  }
  return matrix;
}
