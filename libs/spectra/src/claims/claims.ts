/** The six claims, in the paper's order. */
import type { Claim } from './Claim.ts';
import { batchNormSuppresses } from './batchNormSuppresses.ts';
import { negativeEigenvalues } from './negativeEigenvalues.ts';
import { outliersSlow } from './outliersSlow.ts';
import { populationStatistics } from './populationStatistics.ts';
import { rateDrops } from './rateDrops.ts';
import { residualShrinks } from './residualShrinks.ts';

export const claims: readonly Claim[] = [
  negativeEigenvalues,
  outliersSlow,
  batchNormSuppresses,
  rateDrops,
  residualShrinks,
  populationStatistics,
];
