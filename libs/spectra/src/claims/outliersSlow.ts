/** F2: outlier eigenvalues go with slower optimisation in nets without batch norm (paper, §4.1). */
import { leastSquares } from '../statistics/leastSquares.ts';
import type { Claim } from './Claim.ts';
import { lateMean, logOutlierRatio, meanLoss } from './facts.ts';
import { measurement } from './measurement.ts';

function isKnown(point: readonly [ratio: number, loss: number]): boolean {
  return point.every(Number.isFinite);
}

export const outliersSlow: Claim = {
  id: 'F2',
  statement: 'Outlier eigenvalues go with slower optimisation.',
  rule:
    'Over runs of one family, the slope of the mean training loss against log10 λ1/λK (late mean, K = classes) is positive, with a ' +
    '95 % interval.',
  evaluate: (runs) => {
    const groups = new Map<string, (readonly [ratio: number, loss: number])[]>();
    for (const run of runs) {
      const speed = run.diverged ? Number.NaN : meanLoss(run);
      const point = [lateMean(run, logOutlierRatio), speed] as const;
      const key = JSON.stringify([run.family, run.seed]);
      groups.set(key, [...(groups.get(key) ?? []), point]);
    }
    // A line through two points says nothing about a relation.
    const slopes = [...groups]
      .filter(([, points]) => points.length > 2)
      .map(([key, points]) => {
        const [net, seed] = JSON.parse(key) as [string, number];
        const known = points.filter(isKnown);
        return { net, seed, value: known.length > 2 ? leastSquares(known).slope : Number.NaN };
      });
    const result = measurement(
      'slope of mean training loss against log10 λ1/λK',
      { side: 'above', of: 0, smallest: 0.02 },
      slopes,
    );
    return {
      id: 'F2',
      verdict: result.verdict,
      p: null,
      measurements: [result],
      figure: {
        title: 'Outliers and speed',
        x: 'log10 λ1/λK',
        y: 'mean training loss',
        logarithmic: false,
        scattered: true,
        series: [...groups].map(([name, points]) => ({
          name: (JSON.parse(name) as [string, number])[0],
          points: points.filter(isKnown).toSorted((a, b) => a[0] - b[0]),
        })),
      },
    };
  },
};
