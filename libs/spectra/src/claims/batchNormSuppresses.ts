/** F3: batch norm suppresses outliers, and the gradient does not concentrate in their eigenspace (paper, §4.1, §4.3). */
import type { Claim, ClaimRun } from './Claim.ts';
import { lateMean, logOutlierRatio, overlapAt, pairedDifferences, trajectories } from './facts.ts';
import { measurement, together } from './measurement.ts';

const without = ({ batchNorm }: ClaimRun): boolean => batchNorm === 'none';
const withNorm = ({ batchNorm }: ClaimRun): boolean => batchNorm === 'minibatch';
const sameSkips = (a: ClaimRun, b: ClaimRun): boolean => a.residual === b.residual;

export const batchNormSuppresses: Claim = {
  id: 'F3',
  statement:
    'Batch norm suppresses outlier eigenvalues, and with it the gradient does not concentrate in their eigenspace.',
  rule:
    'Without less with batch norm, of pairs that are equal otherwise: late log10 λ1/λK and late gradient overlap with the top K ' +
    'eigenvectors are both positive, each with a 95 % interval.',
  evaluate: (runs) => {
    const ratio = measurement(
      'log10 λ1/λK, without less with batch norm',
      { side: 'above', of: 0, smallest: 0.05 },
      pairedDifferences(runs, [without, withNorm], (run) => lateMean(run, logOutlierRatio), sameSkips),
    );
    const overlap = measurement(
      'gradient overlap with the top K, without less with batch norm',
      { side: 'above', of: 0, smallest: 0.05 },
      pairedDifferences(runs, [without, withNorm], (run) => lateMean(run, (s) => overlapAt(run, s)), sameSkips),
    );
    const compared = runs.filter((run) => without(run) || withNorm(run));
    return {
      id: 'F3',
      verdict: together([ratio, overlap]),
      p: null,
      measurements: [ratio, overlap],
      figure: trajectories(
        compared,
        { title: 'Outliers with and without batch norm', y: 'log10 λ1/λK', logarithmic: false },
        logOutlierRatio,
      ),
    };
  },
};
