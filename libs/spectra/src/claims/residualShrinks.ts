/** F5: residual connections shrink the spectrum towards 0 (paper, §3.3). */
import type { Claim, ClaimRun, ClaimSpectrum } from './Claim.ts';
import { differencesAtEqualLoss } from './equalLoss.ts';
import { excludedBy, logLargest, trajectories, type Fact } from './facts.ts';
import { measurement, together } from './measurement.ts';
import { isComparable, pairReplicate, pairsOf } from './pairs.ts';

/** Of ln C, the loss of a guess: a run that ends above it has learnt nothing. */
const untrainedShare = 0.95;

function whyUntrained({ losses, classes, diverged }: ClaimRun): string | null {
  const last = losses.at(-1)?.trainLoss ?? Number.NaN;
  if (diverged || !(last > untrainedShare * Math.log(classes))) return null;
  return `untrained: its last loss ${last.toPrecision(3)} is above ${untrainedShare} ln C`;
}

const logRootMeanSquare = ({ rootMeanSquare }: ClaimSpectrum): number => Math.log10(rootMeanSquare);
const logMeanMagnitude = ({ meanMagnitude }: ClaimSpectrum): number => Math.log10(meanMagnitude);

export const residualShrinks: Claim = {
  id: 'F5',
  statement: 'Residual connections shrink the spectrum towards 0.',
  rule:
    'With less without skips, of pairs that are equal otherwise and at three equal training losses: log10 λ1, log10 ‖H‖F/√n and log10 of ' +
    'the mean |λ| (the Wasserstein distance to zeros) are all negative, each with a 95 % interval. Runs whose last loss is above 0.95 ln C are excluded.',
  evaluate: (runs) => {
    const measured = runs.filter(isComparable);
    const trained = measured.filter((run) => whyUntrained(run) === null);
    const pairs = pairsOf(trained, {
      varied: ['residual'],
      isA: ({ residual }) => residual,
      isB: ({ residual }) => !residual,
    });
    const compared = (label: string, fact: Fact) =>
      measurement(
        `${label}, with less without skips`,
        { side: 'below', of: 0, smallest: 0.05 },
        pairs.flatMap((pair) => differencesAtEqualLoss(pair, fact).map((value) => pairReplicate(pair, value))),
      );
    const measurements = [
      compared('log10 λ1', logLargest),
      compared('log10 ‖H‖F/√n', logRootMeanSquare),
      compared('log10 mean |λ|', logMeanMagnitude),
    ];
    return {
      id: 'F5',
      verdict: together(measurements),
      p: null,
      measurements,
      excluded: excludedBy(measured, whyUntrained),
      figure: trajectories(
        [...new Set(pairs.flat())],
        { title: 'Size of the spectrum', y: 'mean |λ|', logarithmic: true },
        ({ meanMagnitude }) => meanMagnitude,
      ),
    };
  },
};
