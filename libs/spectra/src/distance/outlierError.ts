/** How wrong the density of an estimate is where the outliers are. */
import { density } from '../density/density.ts';
import { kernelWidth, type Smoothing } from '../density/smoothing.ts';
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { SpectrumError } from '../measure/SpectrumError.ts';
import { pooledMeasure } from '../ritz/pooledMeasure.ts';
import type { QuadratureMethod } from '../ritz/spectralMeasure.ts';

export interface OutlierErrorOptions {
  /** Of both densities, over the range of the reference. Default: the paper's. */
  readonly smoothing?: Smoothing;
  readonly method?: QuadratureMethod;
}

/** Outliers are beyond this share of the largest |λ|. */
const outlierShare = 0.1;

/**
 * ∫ |p − q| over |λ| > 0.1 max |λ| in units of the reference's mass there: 0 for an estimate that has every outlier right, about 1
 * for one that has their places but not their weights. Throws a SpectrumError for spectra that are not valid.
 */
export function outlierError(
  estimate: MeasuredSpectrum,
  reference: MeasuredSpectrum,
  { smoothing = { kind: 'paper' }, method = 'variance-reduced' }: OutlierErrorOptions = {},
): number {
  const { nodes } = pooledMeasure(reference, method);
  const lowest = nodes[0] ?? 0;
  const highest = nodes.at(-1) ?? 0;
  const scale = Math.max(Math.abs(lowest), Math.abs(highest));
  if (scale === 0) throw new SpectrumError('BAD_OPTION', 'outlierError: every eigenvalue of the reference is 0.');
  const sigma = kernelWidth(smoothing, lowest, highest);
  const grid = {
    min: lowest - 8 * sigma,
    max: highest + 8 * sigma,
    points: Math.ceil((16 * (highest - lowest)) / sigma) + 257,
  };
  const options = { smoothing: { kind: 'absolute', sigma }, grid, method } as const;
  const { lambda, density: exact } = density(reference, options);
  const { density: estimated } = density(estimate, options);
  let difference = 0;
  let mass = 0;
  lambda.forEach((x, i) => {
    if (Math.abs(x) <= outlierShare * scale) return;
    difference += Math.abs((estimated[i] as number) - (exact[i] as number));
    mass += exact[i] as number;
  });
  return difference / mass;
}
