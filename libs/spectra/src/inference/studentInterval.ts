/** The mean of independent values with Student's t. */
import { studentProbability, studentQuantile } from '../statistics/studentT.ts';
import { mean } from './Replicate.ts';

/** Null for fewer than two values. */
export function studentInterval(
  values: readonly number[],
  confidence: number,
): readonly [low: number, high: number] | null {
  const count = values.length;
  if (count < 2) return null;
  const centre = mean(values);
  const reach = studentQuantile(confidence, count - 1) * (standardDeviation(values) / Math.sqrt(count));
  return [centre - reach, centre + reach];
}

/** Two-sided p of a mean of `of`; null for fewer than two values. */
export function studentTest(values: readonly number[], of: number): number | null {
  const count = values.length;
  if (count < 2) return null;
  const error = standardDeviation(values) / Math.sqrt(count);
  const distance = Math.abs(mean(values) - of);
  if (error === 0) return distance === 0 ? 1 : 0;
  return 1 - studentProbability(distance / error, count - 1);
}

/** Of the sample, with n − 1; at least two values. */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
