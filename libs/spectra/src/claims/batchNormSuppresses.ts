/** F3: batch norm suppresses outliers, the gradient does not concentrate in their eigenspace, and training is faster (paper, §4.1, §4.3). */
import type { Claim, ClaimRun } from './Claim.ts';
import { lateMean, logOutlierRatio, meanLoss, overlapOf, trajectories } from './facts.ts';
import { measurement, together } from './measurement.ts';
import { atBestRate, differences, isComparable, pairsOf } from './pairs.ts';

const isA = ({ batchNorm }: ClaimRun): boolean => batchNorm === 'none';
const isB = ({ batchNorm }: ClaimRun): boolean => batchNorm === 'minibatch';

export const batchNormSuppresses: Claim = {
  id: 'F3',
  statement:
    'Batch norm suppresses outlier eigenvalues, with it the gradient does not concentrate in their eigenspace, and training is faster.',
  rule:
    'Without less with batch norm, of pairs that are equal otherwise: late log10 λ1/λK, the late overlap of the full gradient and that of ' +
    'mini-batch gradients with the top K eigenvectors, and the mean training loss with each arm at the best of the rates it was run at, are all positive, ' +
    'each with a 95 % interval.',
  evaluate: (runs) => {
    const measured = runs.filter(isComparable);
    const pairs = pairsOf(measured, { varied: ['batchNorm'], isA, isB });
    const best = pairsOf(atBestRate(runs), { varied: ['batchNorm', 'schedule'], isA, isB });
    const positive = { side: 'above', of: 0, smallest: 0.05 } as const;
    const full = overlapOf('full-batch');
    const mini = overlapOf('mini-batch');
    const measurements = [
      measurement(
        'log10 λ1/λK, without less with batch norm',
        positive,
        differences(pairs, (run) => lateMean(run, logOutlierRatio)),
      ),
      measurement(
        'overlap of the gradient with the top K, without less with batch norm',
        positive,
        differences(pairs, (run) => lateMean(run, full)),
      ),
      measurement(
        'overlap of mini-batch gradients with the top K, without less with batch norm',
        positive,
        differences(pairs, (run) => lateMean(run, mini)),
      ),
      measurement(
        'mean training loss at each arm’s best rate, without less with batch norm',
        { side: 'above', of: 0, smallest: 0.02 },
        differences(best, meanLoss),
      ),
    ];
    return {
      id: 'F3',
      verdict: together(measurements),
      p: null,
      measurements,
      excluded: [],
      figure: trajectories(
        measured.filter((run) => isA(run) || isB(run)),
        { title: 'Outliers with and without batch norm', y: 'log10 λ1/λK', logarithmic: false },
        logOutlierRatio,
      ),
    };
  },
};
