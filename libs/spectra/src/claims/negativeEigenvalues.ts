/** F1: large negative eigenvalues vanish right after training starts, and most eigenvalues settle near 0 (paper, §3.1). */
import type { Claim, ClaimRun, ClaimSpectrum } from './Claim.ts';
import { excludedBy, lateMean, negativity, replicateOf, trajectories } from './facts.ts';
import { measurement, together } from './measurement.ts';

/** Of the training: what lies in it counts as its start. */
const startShare = 0.1;

/** The last spectrum of the start, after step 0. */
function early({ spectra }: ClaimRun): ClaimSpectrum | undefined {
  const end = spectra.at(-1)?.step ?? 0;
  return spectra.findLast(({ step }) => step > 0 && step <= startShare * end);
}

/**
 * Why the share of eigenvalues near 0 says nothing of training: N examples bound the rank of the Gauss–Newton part by N (C − 1), and beyond
 * it eigenvalues are near 0 whatever the net has learnt.
 */
function whyRankDecides({ parameters, classes, spectra }: ClaimRun): string | null {
  const examples = spectra[0]?.examples ?? null;
  if (examples === null) return 'near 0: the number of measured examples is unknown';
  const rank = examples * (classes - 1);
  if (parameters < rank) return null;
  return `near 0: ${parameters} parameters, but ${examples} examples give the Gauss–Newton part a rank of at most ${rank}`;
}

export const negativeEigenvalues: Claim = {
  id: 'F1',
  statement: 'Large negative eigenvalues vanish right after training starts; most eigenvalues settle near 0.',
  rule:
    '|λmin| / max |λ| is smaller at the end of the first tenth of training than at step 0, and smaller by at least half of what it loses ' +
    'until the late spectra; and the share of |λ| < 0.01 λmax grows from step 0 to the late spectra, in nets with fewer parameters than N (C − 1). ' +
    'Each with a 95 % interval.',
  evaluate: (runs) => {
    const started = runs.filter(({ spectra }) => spectra[0]?.step === 0 && spectra.length > 1);
    const first = ({ spectra }: ClaimRun, fact: (spectrum: ClaimSpectrum) => number): number =>
      spectra[0] ? fact(spectra[0]) : Number.NaN;
    const fallOf = (run: ClaimRun): number => {
      const after = early(run);
      return after ? negativity(after) - first(run, negativity) : Number.NaN;
    };
    const lateFallOf = (run: ClaimRun): number => lateMean(run, negativity) - first(run, negativity);
    const withEarly = started.filter((run) => early(run) !== undefined);
    const fall = measurement(
      'change of |λmin| / max |λ| in the first tenth of training',
      { side: 'below', of: 0, smallest: 0.05 },
      withEarly.map((run) => replicateOf(run, fallOf(run))),
    );
    // Less than 0 where more than half of the late fall happens at the start. A share of the late fall has no mean where that is near 0.
    const rapid = measurement(
      'that change less half of the change until the late spectra',
      { side: 'below', of: 0, smallest: 0.025 },
      withEarly.map((run) => replicateOf(run, fallOf(run) - lateFallOf(run) / 2)),
    );
    const small = started.filter((run) => whyRankDecides(run) === null);
    const settled = measurement(
      'change of the share of |λ| < 0.01 λmax from step 0 to late',
      { side: 'above', of: 0, smallest: 0.02 },
      small.map((run) => replicateOf(run, lateMean(run, ({ nearZero }) => nearZero) - first(run, (s) => s.nearZero))),
    );
    const measurements = [fall, rapid, settled];
    return {
      id: 'F1',
      verdict: together(measurements),
      p: null,
      measurements,
      excluded: excludedBy(started, whyRankDecides),
      figure: trajectories(
        runs,
        { title: 'Negative eigenvalues', y: '|λmin| / max |λ|', logarithmic: false },
        negativity,
      ),
    };
  },
};
