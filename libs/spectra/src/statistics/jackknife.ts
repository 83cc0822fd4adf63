/** The jackknife over probes: the standard error of any statistic of the pooled measure, linear or not. */
import type { Estimate } from '../measure/MeasuredSpectrum.ts';
import { pool } from '../ritz/pooledMeasure.ts';
import type { Atoms } from '../ritz/spectralMeasure.ts';

/**
 * √((k − 1)/k Σ (x_(i) − x̄)²) with x_(i) the statistic without probe i (Efron and Stein, The Jackknife Estimate of Variance,
 * Annals of Statistics 9, 1981); null for a single probe.
 */
export function jackknifeError(count: number, statisticWithout: (left: number) => number): number | null {
  if (count < 2) return null;
  const values = Array.from({ length: count }, (_, left) => statisticWithout(left));
  const mean = values.reduce((sum, x) => sum + x, 0) / count;
  return Math.sqrt(((count - 1) / count) * values.reduce((sum, x) => sum + (x - mean) ** 2, 0));
}

/** The statistic of the pooled measure with its standard error. */
export function jackknife(measures: readonly Atoms[], statistic: (pooled: Atoms) => number): Estimate {
  return {
    value: statistic(pool(measures)),
    standardError: jackknifeError(measures.length, (left) => statistic(pool(measures.filter((_, i) => i !== left)))),
  };
}
