/** The distances between spectra, in words. */
import type { DistanceName } from '@ritz/charts';

export const distanceNames = [
  { value: 'wasserstein1', label: 'Wasserstein-1', title: 'In units of λ; independent of smoothing' },
  { value: 'l1', label: 'L1', title: 'Of the densities; from 0 to 2' },
  { value: 'jensenShannon', label: 'Jensen–Shannon', title: 'Of the densities; from 0 to 1' },
] as const satisfies readonly { readonly value: DistanceName; readonly label: string; readonly title: string }[];

export const distanceReadings: Readonly<Record<DistanceName, string>> = {
  wasserstein1: 'Wasserstein-1 distance in units of λ',
  l1: 'L1 distance of the smoothed densities, 0 to 2',
  jensenShannon: 'Jensen–Shannon distance of the smoothed densities, 0 to 1',
};
