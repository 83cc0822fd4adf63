/** F2: outlier eigenvalues go with slower optimisation in nets without batch norm (paper, §4.1). */
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
    const groups = new Map<string, { ratio: number; loss: number }[]>();
    for (const run of runs) {
      const point = { ratio: lateMean(run, logOutlierRatio), loss: meanLoss(run) };
      if (!Number.isFinite(point.ratio) || !Number.isFinite(point.loss)) continue;
      const key = JSON.stringify([run.family, run.seed]);
      groups.set(key, [...(groups.get(key) ?? []), point]);
    }
    const slopes = [...groups.values()].flatMap((points) => {
      const value = slope(points);
      return Number.isFinite(value) ? [value] : [];
    });
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
        series: [...groups].map(([name, points]) => ({
          name: (JSON.parse(name) as [string, number])[0],
          points: points.map(({ ratio, loss }) => [ratio, loss] as const).sort((a, b) => a[0] - b[0]),
        })),
      },
    };
  },
};

/** Least squares; NaN for fewer than three points: a line through two says nothing about a relation. */
function slope(points: readonly { readonly ratio: number; readonly loss: number }[]): number {
  if (points.length < 3) return Number.NaN;
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [x, y] = [mean(points.map(({ ratio }) => ratio)), mean(points.map(({ loss }) => loss))];
  const along = points.reduce((sum, { ratio, loss }) => sum + (ratio - x) * (loss - y), 0);
  return along / points.reduce((sum, { ratio }) => sum + (ratio - x) ** 2, 0);
}
