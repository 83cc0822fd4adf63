/** F4: lowering the learning rate shrinks the large eigenvalues (paper, §3.2; against some accounts of flat and sharp minima). */
import type { Replicate } from '../inference/Replicate.ts';
import type { Claim, ClaimRun } from './Claim.ts';
import { replicateOf, trajectories } from './facts.ts';
import { measurement } from './measurement.ts';

/** log10 of λ1 at the first spectrum after a drop over that at the last one not after it, per drop. */
function changes(run: ClaimRun): Replicate[] {
  const { drops, spectra } = run;
  return drops.flatMap((drop, i) => {
    const next = drops[i + 1] ?? Infinity;
    const before = spectra.findLast(({ step }) => step <= drop);
    const after = spectra.find(({ step }) => step > drop && step <= next);
    return before && after ? [replicateOf(run, Math.log10(after.lambdaMax / before.lambdaMax))] : [];
  });
}

export const rateDrops: Claim = {
  id: 'F4',
  statement: 'Lowering the learning rate shrinks the large eigenvalues.',
  rule: 'log10 of λ1 after a drop of the rate over λ1 before it is negative, with a 95 % interval.',
  evaluate: (runs) => {
    const change = measurement(
      'log10 λ1 after over before a drop',
      { side: 'below', of: 0, smallest: 0.02 },
      runs.flatMap(changes),
    );
    const dropped = runs.filter(({ drops }) => drops.length > 0);
    return {
      id: 'F4',
      verdict: change.verdict,
      p: null,
      measurements: [change],
      figure: trajectories(
        dropped,
        { title: 'Largest eigenvalue', y: 'λ1', logarithmic: true },
        ({ lambdaMax }) => lambdaMax,
      ),
    };
  },
};
