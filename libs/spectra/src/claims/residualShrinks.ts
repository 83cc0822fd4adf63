/** F5: residual connections shrink the spectrum towards 0, smoothing it as batch norm does (paper, §3.3). */
import type { Claim, ClaimRun } from './Claim.ts';
import { lateMean, pairedDifferences, trajectories } from './facts.ts';
import { measurement } from './measurement.ts';

const residual = (run: ClaimRun): boolean => run.residual;
const plain = (run: ClaimRun): boolean => !run.residual;
const sameNorm = (a: ClaimRun, b: ClaimRun): boolean => a.batchNorm === b.batchNorm;

export const residualShrinks: Claim = {
  id: 'F5',
  statement: 'Residual connections shrink the spectrum towards 0.',
  rule:
    'log10 of the width of the middle 95 % of the eigenvalues (late mean), with less without skips, of pairs that are equal ' +
    'otherwise, is negative, with a 95 % interval.',
  evaluate: (runs) => {
    const width = measurement(
      'log10 width of the middle 95 %, with less without skips',
      { side: 'below', of: 0, smallest: 0.05 },
      pairedDifferences(runs, [residual, plain], (run) => lateMean(run, ({ spread }) => Math.log10(spread)), sameNorm),
    );
    return {
      id: 'F5',
      verdict: width.verdict,
      p: null,
      measurements: [width],
      figure: trajectories(
        runs,
        { title: 'Width of the spectrum', y: 'width of the middle 95 %', logarithmic: true },
        ({ spread }) => spread,
      ),
    };
  },
};
