/** Numbers of runs that several claims use. */
import type { Replicate } from '../inference/Replicate.ts';
import type { ClaimFigure, ClaimRun, ClaimSpectrum, Excluded, GradientShare } from './Claim.ts';

export type Fact = (spectrum: ClaimSpectrum, run: ClaimRun) => number;

/** log10 λ1; NaN where it is not positive. */
export function logLargest({ lambdaMax }: ClaimSpectrum): number {
  return Math.log10(lambdaMax);
}

/** log10 λ1/λK at K = the number of classes; NaN where λK is not positive or not resolved. */
export function logOutlierRatio({ ratio }: ClaimSpectrum): number {
  return Math.log10(ratio ?? Number.NaN);
}

/**
 * |λmin| / max |λ| of the negative part, from 0 (no eigenvalue is negative) to 1: relative to λmax alone it is unbounded, and a single net
 * that starts with hardly any positive curvature would decide the mean.
 */
export function negativity({ lambdaMin, lambdaMax }: ClaimSpectrum): number {
  return Math.max(0, -lambdaMin) / Math.max(-lambdaMin, lambdaMax);
}

/** The share of a gradient in the top K eigenvectors, K = the number of classes. */
export function overlapOf(wanted: GradientShare['gradient']): Fact {
  return ({ overlap }, { classes }) =>
    overlap.find(({ k, gradient }) => k === classes && gradient === wanted)?.fraction ?? Number.NaN;
}

/** The second half of the measured spectra, where training has settled. */
function late({ spectra }: ClaimRun): readonly ClaimSpectrum[] {
  return spectra.slice(Math.floor(spectra.length / 2));
}

/** Mean over the late spectra, ignoring NaN. */
export function lateMean(run: ClaimRun, fact: Fact): number {
  const values = late(run)
    .map((spectrum) => fact(spectrum, run))
    .filter((value) => Number.isFinite(value));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Area under the training loss per step: larger for slower training. */
export function meanLoss({ losses }: ClaimRun): number {
  const [first, last] = [losses[0], losses.at(-1)];
  if (!first || !last || first === last) return Number.NaN;
  let area = 0;
  losses.forEach((point, i) => {
    const before = losses[i - 1];
    if (before) area += ((point.trainLoss + before.trainLoss) / 2) * (point.step - before.step);
  });
  return area / (last.step - first.step);
}

/** A number of a run; none where the run diverged. */
export function replicateOf({ family, seed, diverged }: ClaimRun, value: number): Replicate {
  return { value: diverged ? Number.NaN : value, net: family, seed };
}

/** The runs that a rule has a reason to leave out. */
export function excludedBy(runs: readonly ClaimRun[], why: (run: ClaimRun) => string | null): Excluded[] {
  return runs.flatMap((run) => {
    const reason = why(run);
    return reason === null ? [] : [{ setting: run.setting, seed: run.seed, reason }];
  });
}

/** A fact at every measured step, one curve per run, named by its setting. */
export function trajectories(
  runs: readonly ClaimRun[],
  { title, y, logarithmic }: Pick<ClaimFigure, 'title' | 'y' | 'logarithmic'>,
  fact: Fact,
): ClaimFigure {
  const series = runs
    .filter(({ diverged }) => !diverged)
    .map((run) => ({
      name: run.setting,
      points: run.spectra
        .map((spectrum) => [spectrum.step, fact(spectrum, run)] as const)
        .filter(([, value]) => Number.isFinite(value)),
    }));
  return { title, x: 'training step', y, logarithmic, series };
}
