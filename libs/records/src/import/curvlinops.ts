/**
 * Ritz values and vectors as `fast_lanczos` of curvlinops returns them for each start vector, saved with
 * `numpy.savez(file, evals=…, evecs=…)`: of shape [m] or [k, m], and [m, m] or [k, m, m]. The weight of a Ritz value is the square of
 * its vector's first entry. What `lanczos_approximate_spectrum` returns is a smoothed curve, without the values behind it.
 */
import { RecordError } from '../RecordError.ts';
import type { Quadrature } from './quadratures.ts';
import type { NumericArray } from './tridiagonals.ts';

/** Vectors are of unit length in float32. */
const lengthTolerance = 1e-3;

/** @throws RecordError UNREADABLE where the arrays do not fit each other, or the vectors are not of unit length. */
export function curvlinopsOf(file: string, values: NumericArray, vectors: NumericArray): Quadrature[] {
  const several = values.shape.length === 2;
  const m = values.shape.at(-1) ?? 0;
  const k = several ? (values.shape[0] ?? 0) : 1;
  const fitting = several ? [k, m, m] : [m, m];
  if (values.shape.length > 2 || m < 1 || k < 1 || vectors.shape.join() !== fitting.join()) {
    throw new RecordError(
      'UNREADABLE',
      `${file}: expected evals of shape [m] or [k, m] with evecs of shape [m, m] or [k, m, m], got [${values.shape.join(', ')}] and ` +
        `[${vectors.shape.join(', ')}]. Save what fast_lanczos returns.`,
    );
  }
  return Array.from({ length: k }, (_, run) => {
    const name = several ? `${file}, start vector ${run}` : file;
    const nodes = Array.from(values.data.subarray(run * m, (run + 1) * m));
    // The first row of [m, m]: vector i is column i.
    const weights = Array.from(vectors.data.subarray(run * m * m, run * m * m + m), (entry) => entry * entry);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (!nodes.every(Number.isFinite) || !Number.isFinite(sum)) {
      throw new RecordError(
        'UNREADABLE',
        `${name}: expected finite numbers, got NaN or Infinity: the measurement failed there.`,
      );
    }
    if (Math.abs(sum - 1) > lengthTolerance) {
      throw new RecordError(
        'UNREADABLE',
        `${name}: expected evecs whose first row has length 1, got ${Math.sqrt(sum)}.`,
      );
    }
    return { nodes, weights };
  });
}
