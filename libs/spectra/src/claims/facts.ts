/** Numbers of runs that several claims use. */
import type { Replicate } from '../inference/Replicate.ts';
import type { ClaimFigure, ClaimRun, ClaimSpectrum } from './Claim.ts';

/** log10 λ1/λK at K = the number of classes; NaN where λK is not positive. */
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

export function overlapAt(run: ClaimRun, { overlap }: ClaimSpectrum): number {
  return overlap.find(({ k }) => k === run.classes)?.fraction ?? Number.NaN;
}

/** The second half of the measured spectra, where training has settled. */
function late({ spectra }: ClaimRun): readonly ClaimSpectrum[] {
  return spectra.slice(Math.floor(spectra.length / 2));
}

/** Mean over the late spectra, ignoring NaN. */
export function lateMean(run: ClaimRun, fact: (spectrum: ClaimSpectrum, run: ClaimRun) => number): number {
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

/** Differences a − b of a fact over all pairs of runs that agree in family and seed; NaN for pairs without a number. */
export function pairedDifferences(
  runs: readonly ClaimRun[],
  [isA, isB]: readonly [(run: ClaimRun) => boolean, (run: ClaimRun) => boolean],
  fact: (run: ClaimRun) => number,
  agree: (a: ClaimRun, b: ClaimRun) => boolean = () => true,
): Replicate[] {
  return runs
    .filter(isA)
    .flatMap((a) =>
      runs
        .filter((b) => isB(b) && b.family === a.family && b.seed === a.seed && agree(a, b))
        .map((b) => replicateOf(b.diverged ? b : a, fact(a) - fact(b))),
    );
}

/** A number of a run; none where the run diverged. */
export function replicateOf({ family, seed, diverged }: ClaimRun, value: number): Replicate {
  return { value: diverged ? Number.NaN : value, net: family, seed };
}

/** A fact at every measured step, one curve per run, named by its setting. */
export function trajectories(
  runs: readonly ClaimRun[],
  { title, y, logarithmic }: Pick<ClaimFigure, 'title' | 'y' | 'logarithmic'>,
  fact: (spectrum: ClaimSpectrum, run: ClaimRun) => number,
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
