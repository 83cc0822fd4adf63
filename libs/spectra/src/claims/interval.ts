/** Means of few replicates with Student's t intervals, and what they decide. */
import { studentQuantile } from '../statistics/studentT.ts';
import type { Measurement, Verdict } from './Claim.ts';

const confidence = 0.95;

export function measurement(label: string, replicates: readonly number[]): Measurement {
  const count = replicates.length;
  const mean = replicates.reduce((sum, x) => sum + x, 0) / count;
  if (count < 2) return { label, mean, interval: null, replicates };
  const variance = replicates.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
  const reach = studentQuantile(confidence, count - 1) * Math.sqrt(variance / count);
  return { label, mean, interval: [mean - reach, mean + reach], replicates };
}

/** What an expected sign makes of an interval: all of it on that side supports, all on the other contradicts. */
export function decide({ interval }: Measurement, expected: 'positive' | 'negative'): Verdict {
  if (interval === null) return 'cannot tell';
  const [low, high] = expected === 'positive' ? interval : [-interval[1], -interval[0]];
  if (low > 0) return 'supports';
  return high < 0 ? 'contradicts' : 'cannot tell';
}

/** A claim of several parts: contradicted by any, supported only by all. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('contradicts')) return 'contradicts';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'supports') ? 'supports' : 'cannot tell';
}
