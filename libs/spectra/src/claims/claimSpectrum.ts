/** The numbers of a measured spectrum that claims ask for. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { massNearZero } from '../statistics/moments.ts';
import { outliers } from '../statistics/outliers.ts';
import { quantiles } from '../statistics/quantiles.ts';
import type { ClaimSpectrum } from './Claim.ts';

/** What the numbers are taken at, for those who have them computed elsewhere: a share of λmax, and two shares of the eigenvalues. */
export const claimLevels = { nearZero: 0.01, low: 0.025, high: 0.975 } as const;

export interface MeasuredStep {
  readonly step: number;
  readonly spectrum: MeasuredSpectrum;
  /** C. */
  readonly classes: number;
  readonly overlap: ClaimSpectrum['overlap'];
}

export function claimSpectrum({ step, spectrum, classes, overlap }: MeasuredStep): ClaimSpectrum {
  const { nearZero, low, high } = claimLevels;
  const { lambdaMax, lambdaMin, ratio } = outliers(spectrum, { classes });
  const [from, to] = quantiles(spectrum, [low, high]);
  return {
    step,
    lambdaMax,
    lambdaMin,
    ratio,
    nearZero: massNearZero(spectrum, nearZero * lambdaMax).value,
    spread: (to?.value ?? Number.NaN) - (from?.value ?? Number.NaN),
    overlap,
  };
}
