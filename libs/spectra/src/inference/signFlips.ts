/** An exact test of a centre of 0 that asks nothing of the law of the values but that it is symmetric. */
import { mean } from './Replicate.ts';

/** Beyond this many values the flips are not all counted. */
const mostValues = 20;

/**
 * Two-sided p of Fisher's test of the mean by all 2^n flips of signs: the share of flips with a mean at least as far from 0 as the one
 * observed. Null without values and for more than 20. Source: Fisher, The Design of Experiments (1935), §21.
 */
export function signFlipTest(values: readonly number[]): number | null {
  const count = values.length;
  if (count === 0 || count > mostValues) return null;
  const observed = Math.abs(mean(values)) * count;
  // Sums of equal terms in another order may differ in their last bits.
  const least = observed - 1e-12 * values.reduce((sum, value) => sum + Math.abs(value), 0);
  let atLeast = 0;
  for (let flips = 0; flips < 2 ** count; flips++) {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += (flips >> at) & 1 ? -(values[at] ?? 0) : (values[at] ?? 0);
    if (Math.abs(sum) >= least) atLeast++;
  }
  return atLeast / 2 ** count;
}
