/** Pairwise distances between spectra, ordered by similarity. */
import { compareSpectra, type KernelName, type MeasuredSpectrum, type Smoothing } from '@ritz/spectra';
import { dendrogram, type Dendrogram } from './dendrogram.ts';
import { comparedPoints } from './densityCurves.ts';

export type DistanceName = 'wasserstein1' | 'l1' | 'jensenShannon';

export interface DistanceMatrix extends Dendrogram {
  /** Indexed like the input; symmetric, 0 on the diagonal. */
  readonly distance: readonly (readonly number[])[];
  readonly largest: number;
}

export type DistanceMatrices = Readonly<Record<DistanceName, DistanceMatrix>>;

/** Of distances that are known, the most similar beside each other. */
export function distanceMatrix(distance: readonly (readonly number[])[]): DistanceMatrix {
  return { ...dendrogram(distance), distance, largest: Math.max(0, ...distance.flat()) };
}

/**
 * Wasserstein-1 in units of λ, exact on the Ritz values; L1 (0 to 2) and Jensen–Shannon (0 to 1) of the densities with one kernel on one grid, equal to the API's `compare`.
 */
export function distanceMatrices(
  spectra: readonly MeasuredSpectrum[],
  { smoothing, kernel }: { readonly smoothing: Smoothing; readonly kernel: KernelName },
): DistanceMatrices {
  if (spectra.length === 0) {
    const none = distanceMatrix([]);
    return { wasserstein1: none, l1: none, jensenShannon: none };
  }
  const compared = compareSpectra(spectra, { smoothing, kernel, grid: { points: comparedPoints } });
  return {
    wasserstein1: distanceMatrix(compared.wasserstein1),
    l1: distanceMatrix(compared.l1),
    jensenShannon: distanceMatrix(compared.jensenShannon),
  };
}
