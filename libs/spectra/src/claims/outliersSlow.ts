/** F2: outlier eigenvalues go with slower optimisation in nets without batch norm (paper, §4.1). */
import { leastSquares } from '../statistics/leastSquares.ts';
import type { Claim } from './Claim.ts';
import { lateMean, logOutlierRatio, meanLoss } from './facts.ts';
import { measurement } from './interval.ts';

export const outliersSlow: Claim = {
  id: 'F2',
  statement: 'Outlier eigenvalues go with slower optimisation.',
  rule:
    'Over runs of one family, the slope of the mean training loss against log10 λ1/λK (late mean, K = classes) is positive, with a ' +
    '95 % interval over the families and seeds.',
  evaluate: (runs) => {
    const groups = new Map<string, (readonly [ratio: number, loss: number])[]>();
    for (const run of runs) {
      const point = [lateMean(run, logOutlierRatio), meanLoss(run)] as const;
      if (!point.every(Number.isFinite)) continue;
      const key = JSON.stringify([run.family, run.seed]);
      groups.set(key, [...(groups.get(key) ?? []), point]);
    }
    // A line through two points says nothing about a relation.
    const slopes = [...groups.values()]
      .filter((points) => points.length > 2)
      .map((points) => leastSquares(points).slope)
      .filter(Number.isFinite);
    const result = measurement('slope of mean training loss against log10 λ1/λK', { side: 'above', of: 0 }, slopes);
    return {
      id: 'F2',
      verdict: result.verdict,
      measurements: [result],
      figure: {
        title: 'Outliers and speed',
        x: 'log10 λ1/λK',
        y: 'mean training loss',
        logarithmic: false,
        scattered: true,
        series: [...groups].map(([name, points]) => ({
          name: (JSON.parse(name) as [string, number])[0],
          points: points.toSorted((a, b) => a[0] - b[0]),
        })),
      },
    };
  },
};
