/** How far two measured spectra are apart. */
import { density } from '../density/density.ts';
import { kernelWidth, type Smoothing } from '../density/smoothing.ts';
import type { Estimate, MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { pool } from '../ritz/pooledMeasure.ts';
import { probeMeasures, type Atoms, type QuadratureMethod } from '../ritz/spectralMeasure.ts';
import { jackknifeError } from '../statistics/jackknife.ts';
import { jensenShannonDistance, l1Distance, masses } from './curves.ts';
import { wasserstein1 } from './wasserstein.ts';

export interface DistanceOptions {
  /** Of both densities, for L1 and Jensen–Shannon; `auto` and `paper` are taken over the range of both spectra together. */
  readonly smoothing?: Smoothing;
  readonly method?: QuadratureMethod;
}

export interface SpectralDistances {
  /** Exact on the weighted Ritz values, in units of λ; the standard error is over the probes of both. */
  readonly wasserstein1: Estimate;
  /** ∫ |p − q| of the densities on a common grid, 0 to 2. */
  readonly l1: number;
  /** Jensen–Shannon distance of the densities (base 2), 0 to 1. */
  readonly jensenShannon: number;
  /** Standard deviation of the kernel that both densities were smoothed with, in units of λ. */
  readonly sigma: number;
}

/** Grid points for each σ, and the most there can be: beyond it the density is a mean over cells wider than σ/2. */
const pointsPerSigma = 16;
const mostPoints = 100_000;

/**
 * Of the spectra as they are: whether they measure the same thing is for `comparability` to say. Throws a SpectrumError for a
 * spectrum that is not valid or a width that is not positive.
 */
export function spectralDistances(
  a: MeasuredSpectrum,
  b: MeasuredSpectrum,
  { smoothing = { kind: 'auto' }, method = 'variance-reduced' }: DistanceOptions = {},
): SpectralDistances {
  const measures = [probeMeasures(a, method), probeMeasures(b, method)] as const;
  const [p, q] = [pool(measures[0]), pool(measures[1])];
  const lowest = Math.min(p.nodes[0] ?? 0, q.nodes[0] ?? 0);
  const highest = Math.max(p.nodes.at(-1) ?? 0, q.nodes.at(-1) ?? 0);
  const sigma = kernelWidth(smoothing, lowest, highest);
  const [min, max] = [lowest - 8 * sigma, highest + 8 * sigma];
  const points = Math.min(mostPoints, Math.ceil((pointsPerSigma * (max - min)) / sigma));
  const curve = (spectrum: MeasuredSpectrum): Float64Array =>
    masses(density(spectrum, { smoothing: { kind: 'absolute', sigma }, grid: { points, min, max }, method }).density);
  const [first, second] = [curve(a), curve(b)];
  return {
    wasserstein1: { value: wasserstein1(p, q), standardError: wassersteinError(measures, p, q) },
    l1: l1Distance(first, second),
    jensenShannon: jensenShannonDistance(first, second),
    sigma,
  };
}

function wassersteinError([a, b]: readonly [readonly Atoms[], readonly Atoms[]], p: Atoms, q: Atoms): number | null {
  const without = (measures: readonly Atoms[], left: number): Atoms => pool(measures.filter((_, i) => i !== left));
  const ofA = jackknifeError(a.length, (left) => wasserstein1(without(a, left), q));
  const ofB = jackknifeError(b.length, (left) => wasserstein1(p, without(b, left)));
  return ofA === null || ofB === null ? null : Math.hypot(ofA, ofB);
}
