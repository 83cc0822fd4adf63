/** Means of few replicates with Student's t intervals, and what they decide. */
import type { Measurement, Verdict } from './Claim.ts';

/** 97.5 % quantiles of Student's t for 1 … 30 degrees of freedom; the normal one beyond. */
const t975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const normal975 = 1.96;

export function measurement(label: string, replicates: readonly number[]): Measurement {
  const count = replicates.length;
  const mean = replicates.reduce((sum, x) => sum + x, 0) / count;
  if (count < 2) return { label, mean, interval: null, replicates };
  const variance = replicates.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
  const reach = (t975[count - 2] ?? normal975) * Math.sqrt(variance / count);
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
