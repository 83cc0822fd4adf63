/** The numbers of the top and the bottom of a spectrum, as statistics. */
import type { Estimate, MeasuredSpectrum } from '../measure/MeasuredSpectrum.ts';
import { outliers, type Outliers } from './outliers.ts';
import { statistic } from './Statistic.ts';

/** Extremes are not means over the probes: they have residual bounds in place of standard errors. */
function ofOutliers(pick: (found: Outliers) => number | null) {
  return (spectrum: MeasuredSpectrum, _settings: object, classes: number | null): Estimate | null => {
    const value = pick(outliers(spectrum, classes === null ? {} : { classes }));
    return value === null ? null : { value, standardError: null };
  };
}

export const lambdaMaxStatistic = statistic({
  title: 'Largest eigenvalue',
  description: 'Largest Ritz value, the median over the probes.',
  unit: 'curvature',
  ofOutliers: true,
  estimate: ofOutliers(({ lambdaMax }) => lambdaMax),
});

export const lambdaMinStatistic = statistic({
  title: 'Smallest eigenvalue',
  description: 'Smallest Ritz value, the median over the probes.',
  unit: 'curvature',
  ofOutliers: true,
  estimate: ofOutliers(({ lambdaMin }) => lambdaMin),
});

export const lambdaKStatistic = statistic({
  title: 'K-th largest eigenvalue',
  description: 'K-th largest eigenvalue, K = number of classes; null if K is unknown or it was not resolved.',
  unit: 'curvature',
  nullable: true,
  ofOutliers: true,
  estimate: ofOutliers(({ lambdaK }) => lambdaK),
});

export const lambdaKResidualStatistic = statistic({
  title: 'Residual of the K-th largest eigenvalue',
  description: 'An eigenvalue lies within this distance of lambdaK; null where lambdaK is or residuals were not kept.',
  unit: 'curvature',
  nullable: true,
  ofOutliers: true,
  estimate: ofOutliers(({ lambdaKResidual }) => lambdaKResidual),
});

export const topSumStatistic = statistic({
  title: 'Sum of the K largest eigenvalues',
  description: 'lambda1 + ... + lambdaK, K = number of classes; null where lambdaK is null.',
  unit: 'curvature',
  nullable: true,
  ofOutliers: true,
  estimate: ofOutliers(({ topSum }) => topSum),
});

export const ratioStatistic = statistic({
  title: 'Spread of the outliers',
  description: 'lambdaMax / lambdaK; null where lambdaK is null or not positive.',
  unit: 'ratio',
  nullable: true,
  ofOutliers: true,
  estimate: ofOutliers(({ ratio }) => ratio),
});

export const outlierCountStatistic = statistic({
  title: 'Outliers',
  description: 'Eigenvalues above the bulk edge, each resolved individually; null where residuals were not kept.',
  unit: 'count',
  integer: true,
  nullable: true,
  ofOutliers: true,
  estimate: ofOutliers(({ count }) => count),
});
