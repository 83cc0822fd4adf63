/** F6: batch norm with the statistics of the whole training set brings outliers back and slows training (paper, §4.2). */
import type { Claim, ClaimRun } from './Claim.ts';
import { lateMean, logOutlierRatio, meanLoss, pairedDifferences, trajectories } from './facts.ts';
import { measurement, together } from './measurement.ts';

const population = ({ batchNorm }: ClaimRun): boolean => batchNorm === 'population';
const minibatch = ({ batchNorm }: ClaimRun): boolean => batchNorm === 'minibatch';
const sameSkips = (a: ClaimRun, b: ClaimRun): boolean => a.residual === b.residual;

export const populationStatistics: Claim = {
  id: 'F6',
  statement: 'Batch norm with population statistics brings outliers back and slows training.',
  rule:
    'Population less mini-batch statistics, of pairs that are equal otherwise: late log10 λ1/λK and mean training loss are both ' +
    'positive, each with a 95 % interval.',
  evaluate: (runs) => {
    const ratio = measurement(
      'log10 λ1/λK, population less mini-batch',
      { side: 'above', of: 0, smallest: 0.05 },
      pairedDifferences(runs, [population, minibatch], (run) => lateMean(run, logOutlierRatio), sameSkips),
    );
    const loss = measurement(
      'mean training loss, population less mini-batch',
      { side: 'above', of: 0, smallest: 0.02 },
      pairedDifferences(runs, [population, minibatch], meanLoss, sameSkips),
    );
    const compared = runs.filter((run) => population(run) || minibatch(run));
    return {
      id: 'F6',
      verdict: together([ratio, loss]),
      p: null,
      measurements: [ratio, loss],
      figure: trajectories(
        compared,
        { title: 'Outliers by statistics of batch norm', y: 'log10 λ1/λK', logarithmic: false },
        logOutlierRatio,
      ),
    };
  },
};
