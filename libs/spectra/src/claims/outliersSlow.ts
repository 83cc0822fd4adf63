/** F2: outlier eigenvalues go with slower optimisation in nets without batch norm (paper, §4.1). */
import { grouped } from '../inference/grouped.ts';
import type { Replicate } from '../inference/Replicate.ts';
import { leastSquares } from '../statistics/leastSquares.ts';
import type { Claim, ClaimRun } from './Claim.ts';
import { lateMean, logOutlierRatio, meanLoss } from './facts.ts';
import { measurement } from './measurement.ts';
import { isComparable } from './pairs.ts';

type Point = readonly [ratio: number, loss: number];

function pointOf(run: ClaimRun): Point {
  return [lateMean(run, logOutlierRatio), run.diverged ? Number.NaN : meanLoss(run)];
}

function isKnown(point: Point): boolean {
  return point.every(Number.isFinite);
}

/** A line through two points says nothing about a relation. */
const fewest = 3;

/** Of the runs of one net under one schedule: they differ in skips and seed. Nothing for fewer than three runs. */
function slopeOf(runs: readonly ClaimRun[]): Replicate[] {
  const [first] = runs;
  if (!first || runs.length < fewest) return [];
  const known = runs.map(pointOf).filter(isKnown);
  return [
    { net: first.family, seed: first.seed, value: known.length < fewest ? Number.NaN : leastSquares(known).slope },
  ];
}

export const outliersSlow: Claim = {
  id: 'F2',
  statement: 'Outlier eigenvalues go with slower optimisation in nets without batch norm.',
  rule:
    'Over runs of one net under one schedule, all without batch norm, the slope of the mean training loss against log10 λ1/λK (late mean, ' +
    'K = classes) is positive, with a 95 % interval.',
  evaluate: (runs) => {
    const measured = runs.filter((run) => run.batchNorm === 'none' && isComparable(run));
    const groups = grouped(measured, ({ family, schedule }) => JSON.stringify([family, schedule]));
    const result = measurement(
      'slope of mean training loss against log10 λ1/λK, without batch norm',
      { side: 'above', of: 0, smallest: 0.02 },
      groups.flatMap(slopeOf),
    );
    return {
      id: 'F2',
      verdict: result.verdict,
      p: null,
      measurements: [result],
      excluded: [],
      figure: {
        title: 'Outliers and speed without batch norm',
        x: 'log10 λ1/λK',
        y: 'mean training loss',
        logarithmic: false,
        scattered: true,
        series: grouped(measured, ({ family }) => family).map((group) => ({
          name: group[0]?.family ?? '',
          points: group
            .map(pointOf)
            .filter(isKnown)
            .toSorted((a, b) => a[0] - b[0]),
        })),
      },
    };
  },
};
