/** The numbers of a measured spectrum that claims ask for. */
import type { MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { frobeniusNorm, massNearZero, meanMagnitude } from '../statistics/moments.ts';
import { outliers, type Outliers } from '../statistics/outliers.ts';
import type { ClaimSpectrum } from './Claim.ts';

/** What numbers are taken at, for those who have them computed elsewhere: a share of λmax. */
export const claimLevels = { nearZero: 0.01 } as const;

export interface MeasuredStep {
  readonly step: number;
  readonly spectrum: MeasuredSpectrum;
  /** C. */
  readonly classes: number;
  /** N; null where unknown. */
  readonly examples: number | null;
  readonly overlap: ClaimSpectrum['overlap'];
}

export function claimSpectrum({ step, spectrum, classes, examples, overlap }: MeasuredStep): ClaimSpectrum {
  const found = outliers(spectrum, { classes });
  const { lambdaMax, lambdaMin, count } = found;
  return {
    step,
    examples,
    lambdaMax,
    lambdaMin,
    ...resolvedTop(found),
    outlierCount: count,
    nearZero: massNearZero(spectrum, claimLevels.nearZero * lambdaMax).value,
    rootMeanSquare: rootMeanSquare(frobeniusNorm(spectrum).value, spectrum.dimension),
    meanMagnitude: meanMagnitude(spectrum).value,
    overlap,
  };
}

/** λK may be this share of itself away from an eigenvalue. */
const mostUncertain = 0.1;

/** λ1/λK and λ1 + … + λK, where λK is positive and resolved well enough for a ratio: probes of few steps have no λK of their own. */
export function resolvedTop({
  lambdaK,
  lambdaKResidual,
  ratio,
  topSum,
}: Pick<Outliers, 'lambdaK' | 'lambdaKResidual' | 'ratio' | 'topSum'>): Pick<ClaimSpectrum, 'ratio' | 'topSum'> {
  const isResolved = lambdaK !== null && lambdaKResidual !== null && lambdaKResidual <= mostUncertain * lambdaK;
  return isResolved ? { ratio, topSum } : { ratio: null, topSum: null };
}

/** Of the eigenvalues: ‖H‖_F / √n. */
export function rootMeanSquare(frobenius: number, dimension: number): number {
  return frobenius / Math.sqrt(dimension);
}
