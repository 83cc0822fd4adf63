/** F1: large negative eigenvalues vanish right after training starts, and most eigenvalues settle near 0 (paper, §3.1). */
import type { Claim } from './Claim.ts';
import { lateMean, negativity, replicateOf, trajectories } from './facts.ts';
import { measurement, together } from './measurement.ts';

export const negativeEigenvalues: Claim = {
  id: 'F1',
  statement: 'Large negative eigenvalues vanish right after training starts; most eigenvalues settle near 0.',
  rule:
    '|λmin| / max |λ| falls from the first spectrum to the late ones, and the late share of |λ| < 0.01 λmax is above one half, ' +
    'each with a 95 % interval.',
  evaluate: (runs) => {
    const falls = runs.flatMap((run) => {
      const [first] = run.spectra;
      return first && run.spectra.length > 1 ? [replicateOf(run, lateMean(run, negativity) - negativity(first))] : [];
    });
    const masses = runs
      .filter(({ spectra }) => spectra.length > 0)
      .map((run) =>
        replicateOf(
          run,
          lateMean(run, ({ nearZero }) => nearZero),
        ),
      );
    const fall = measurement(
      'change of |λmin| / max |λ| after the start',
      { side: 'below', of: 0, smallest: 0.05 },
      falls,
    );
    const mass = measurement('late share of |λ| < 0.01 λmax', { side: 'above', of: 0.5 }, masses);
    return {
      id: 'F1',
      verdict: together([fall, mass]),
      p: null,
      measurements: [fall, mass],
      figure: trajectories(
        runs,
        { title: 'Negative eigenvalues', y: '|λmin| / max |λ|', logarithmic: false },
        negativity,
      ),
    };
  },
};
