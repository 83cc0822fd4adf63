/** F1: large negative eigenvalues vanish right after training starts, and most eigenvalues settle near 0 (paper, §3.1). */
import type { Claim } from './Claim.ts';
import { lateMean, nearZero, negativity, trajectories } from './facts.ts';
import { decide, measurement, together } from './interval.ts';

export const negativeEigenvalues: Claim = {
  id: 'F1',
  statement: 'Large negative eigenvalues vanish right after training starts; most eigenvalues settle near 0.',
  rule:
    '|λmin| / λmax falls from the first spectrum to the late ones, and the late share of |λ| < 0.01 λmax is above one half, ' +
    'each with a 95 % interval over all runs.',
  evaluate: (runs) => {
    const falls = runs.flatMap((run) => {
      const [first] = run.spectra;
      return first && run.spectra.length > 1 ? [lateMean(run, negativity) - negativity(first)] : [];
    });
    const masses = runs.filter(({ spectra }) => spectra.length > 0).map((run) => lateMean(run, nearZero));
    const fall = measurement('change of |λmin| / λmax after the start', falls);
    const mass = measurement('late share of |λ| < 0.01 λmax', masses);
    const half = measurement(
      '',
      masses.map((value) => value - 0.5),
    );
    return {
      id: 'F1',
      verdict: together([decide(fall, 'negative'), decide(half, 'positive')]),
      measurements: [fall, mass],
      figure: trajectories(runs, { title: 'Negative eigenvalues', y: '|λmin| / λmax', logarithmic: false }, negativity),
    };
  },
};
