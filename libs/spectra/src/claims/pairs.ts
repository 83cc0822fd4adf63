/** Pairs of runs that differ in one setting. */
import { grouped } from '../inference/grouped.ts';
import type { Replicate } from '../inference/Replicate.ts';
import type { ClaimRun } from './Claim.ts';
import { meanLoss, replicateOf } from './facts.ts';

export type Pair = readonly [a: ClaimRun, b: ClaimRun];

/** Everything that pairs agree in, but for what is varied. */
const settings = ['family', 'schedule', 'batchNorm', 'residual', 'seed'] as const;

type Setting = (typeof settings)[number];

export interface Compared {
  readonly varied: readonly Setting[];
  readonly isA: (run: ClaimRun) => boolean;
  readonly isB: (run: ClaimRun) => boolean;
}

/** Runs at further rates may be without spectra; one that diverged before its first is missing from a pair, and counts. */
export function isComparable({ spectra, diverged }: ClaimRun): boolean {
  return spectra.length > 0 || diverged;
}

export function pairsOf(runs: readonly ClaimRun[], { varied, isA, isB }: Compared): Pair[] {
  const equal = settings.filter((setting) => !varied.includes(setting));
  return runs
    .filter(isA)
    .flatMap((a) =>
      runs.filter((b) => isB(b) && equal.every((setting) => a[setting] === b[setting])).map((b): Pair => [a, b]),
    );
}

/** The number of a pair, filed under its net and seed; none where either run diverged. */
export function pairReplicate([a, b]: Pair, value: number): Replicate {
  return replicateOf(b.diverged ? b : a, value);
}

/** Differences a − b of a fact; NaN for pairs without a number. */
export function differences(pairs: readonly Pair[], fact: (run: ClaimRun) => number): Replicate[] {
  return pairs.map(([a, b]) => pairReplicate([a, b], fact(a) - fact(b)));
}

/** Runs of a net that differ in the schedule or the seed alone. */
function armOf({ family, batchNorm, residual }: ClaimRun): string {
  return JSON.stringify([family, batchNorm, residual]);
}

/**
 * Of each arm (a net with its normalisation and skips) the runs of the schedule with the lowest mean loss over its seeds; a schedule
 * under which any seed diverged is never the best. An arm of one schedule keeps it.
 */
export function atBestRate(runs: readonly ClaimRun[]): ClaimRun[] {
  return grouped(runs, armOf).flatMap((arm) => {
    const schedules = grouped(arm, ({ schedule }) => schedule);
    const cost = (seeds: readonly ClaimRun[]): number =>
      seeds.reduce((sum, run) => sum + (run.diverged ? Infinity : meanLoss(run)), 0) / seeds.length;
    return schedules.toSorted((a, b) => cost(a) - cost(b))[0] ?? [];
  });
}
