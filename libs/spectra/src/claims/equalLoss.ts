/** Numbers of runs at a given training loss, so that runs of different speed are compared where they have learnt equally much. */
import { interpolated } from '../alignment/alignment.ts';
import type { ClaimRun } from './Claim.ts';
import type { Fact } from './facts.ts';
import type { Pair } from './pairs.ts';

interface Point {
  readonly loss: number;
  readonly value: number;
}

function pointsOf(run: ClaimRun, fact: Fact, from: number): Point[] {
  const lossAt = interpolated(
    run.losses.map(({ step }) => step),
    run.losses.map(({ trainLoss }) => trainLoss),
  );
  return run.spectra
    .filter(({ step }) => step >= from)
    .map((spectrum) => ({ loss: lossAt(spectrum.step) ?? Number.NaN, value: fact(spectrum, run) }))
    .filter(({ loss, value }) => Number.isFinite(loss) && Number.isFinite(value));
}

/** Where the curve first passes the level on its way down, linear between spectra; NaN where it never does. */
function valueAt(points: readonly Point[], level: number): number {
  const after = points.findIndex(({ loss }) => loss <= level);
  const [before, next] = [points[after - 1], points[after]];
  if (!next) return Number.NaN;
  if (!before) return next.loss === level ? next.value : Number.NaN;
  const share = (before.loss - level) / (before.loss - next.loss);
  return before.value + share * (next.value - before.value);
}

/** Shares of the way from the highest to the lowest loss that both runs have spectra at. */
const shares = [0.25, 0.5, 0.75];

/**
 * Differences a − b of a fact at three levels of loss between the highest and the lowest that both runs have spectra at (from a step on);
 * one NaN where their losses do not meet.
 */
export function differencesAtEqualLoss([a, b]: Pair, fact: Fact, from = 0): number[] {
  const curves = [pointsOf(a, fact, from), pointsOf(b, fact, from)] as const;
  const losses = curves.map((points) => points.map(({ loss }) => loss));
  const top = Math.min(...losses.map((each) => each[0] ?? Number.NaN));
  const bottom = Math.max(...losses.map((each) => Math.min(...each)));
  if (!(top > bottom)) return [Number.NaN];
  return shares.map((share) => {
    const level = top - share * (top - bottom);
    return valueAt(curves[0], level) - valueAt(curves[1], level);
  });
}
