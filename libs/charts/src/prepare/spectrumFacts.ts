/** Summary numbers of one spectrum. */
import { negativeMass, outliers, topRitzValues, trace, type Estimate, type MeasuredSpectrum } from '@ritz/spectra';

export interface SpectrumFacts {
  readonly lambdaMax: number;
  /** Distance within which an eigenvalue is guaranteed; null without residuals. */
  readonly lambdaMaxResidual: number | null;
  readonly lambdaMin: number;
  /** K-th largest, K = number of classes; null if K is unknown or not reached. */
  readonly lambdaK: number | null;
  readonly ratio: number | null;
  /** Both null without residuals. */
  readonly outlierCount: number | null;
  readonly bulkEdge: number | null;
  /** Share of eigenvalues below 0. */
  readonly negativeMass: Estimate;
  /** Sum of the eigenvalues. */
  readonly trace: Estimate;
}

/** `classes` null = unknown. */
export function spectrumFacts(measured: MeasuredSpectrum, classes: number | null): SpectrumFacts {
  const top = outliers(measured, classes === null ? {} : { classes });
  return {
    lambdaMax: top.lambdaMax,
    lambdaMaxResidual: topRitzValues(measured, 1)[0]?.residual ?? null,
    lambdaMin: top.lambdaMin,
    lambdaK: top.lambdaK,
    ratio: top.ratio,
    outlierCount: top.count,
    bulkEdge: top.bulkEdge,
    negativeMass: negativeMass(measured),
    trace: trace(measured),
  };
}
