/** F6: batch norm with the statistics of the whole training set brings outliers back and slows training (paper, §4.2). */
import type { Claim, ClaimRun } from './Claim.ts';
import { lateMean, logOutlierRatio, meanLoss, trajectories } from './facts.ts';
import { measurement, together } from './measurement.ts';
import { atBestRate, differences, isComparable, pairsOf } from './pairs.ts';

const isA = ({ batchNorm }: ClaimRun): boolean => batchNorm === 'population';
const isB = ({ batchNorm }: ClaimRun): boolean => batchNorm === 'minibatch';

export const populationStatistics: Claim = {
  id: 'F6',
  statement: 'Batch norm with population statistics brings outliers back and slows training.',
  rule:
    'Population less mini-batch statistics, of pairs that are equal otherwise: late log10 λ1/λK, and the mean training loss with each arm ' +
    'at the best of the rates it was run at, are both positive, each with a 95 % interval.',
  evaluate: (runs) => {
    const measured = runs.filter(isComparable);
    const measurements = [
      measurement(
        'log10 λ1/λK, population less mini-batch',
        { side: 'above', of: 0, smallest: 0.05 },
        differences(pairsOf(measured, { varied: ['batchNorm'], isA, isB }), (run) => lateMean(run, logOutlierRatio)),
      ),
      measurement(
        'mean training loss at each arm’s best rate, population less mini-batch',
        { side: 'above', of: 0, smallest: 0.02 },
        differences(pairsOf(atBestRate(runs), { varied: ['batchNorm', 'schedule'], isA, isB }), meanLoss),
      ),
    ];
    return {
      id: 'F6',
      verdict: together(measurements),
      p: null,
      measurements,
      excluded: [],
      figure: trajectories(
        measured.filter((run) => isA(run) || isB(run)),
        { title: 'Outliers by statistics of batch norm', y: 'log10 λ1/λK', logarithmic: false },
        logOutlierRatio,
      ),
    };
  },
};
