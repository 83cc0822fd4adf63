/** Means of few replicates with Student's t intervals, and their verdicts. */
import { studentQuantile } from '../statistics/studentT.ts';
import type { Claimed, Measurement, Verdict } from './Claim.ts';

const confidence = 0.95;

export function measurement(label: string, claimed: Claimed, replicates: readonly number[]): Measurement {
  const count = replicates.length;
  const mean = replicates.reduce((sum, x) => sum + x, 0) / count;
  if (count < 2) return { label, mean, interval: null, replicates, claimed, verdict: 'cannot tell' };
  const variance = replicates.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
  const reach = studentQuantile(confidence, count - 1) * Math.sqrt(variance / count);
  const interval = [mean - reach, mean + reach] as const;
  return { label, mean, interval, replicates, claimed, verdict: decide(interval, claimed) };
}

function decide([low, high]: readonly [number, number], { side, of }: Claimed): Verdict {
  if (low > of) return side === 'above' ? 'supports' : 'contradicts';
  if (high < of) return side === 'below' ? 'supports' : 'contradicts';
  return 'cannot tell';
}

/** A claim of several parts: contradicted if any part is, supported only if all are. */
export function together(parts: readonly Measurement[]): Verdict {
  if (parts.some(({ verdict }) => verdict === 'contradicts')) return 'contradicts';
  return parts.length > 0 && parts.every(({ verdict }) => verdict === 'supports') ? 'supports' : 'cannot tell';
}
