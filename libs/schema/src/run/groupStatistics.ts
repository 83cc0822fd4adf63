/** Mean, spread and quantiles of values over the runs of a group. */
import { badInput } from '../input/badInput.ts';

const maxProbabilities = 100;

/** NaN without values. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** With n - 1 in the denominator; NaN for fewer than two values. */
export function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return NaN;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/**
 * Of ascending values, linear between neighbours (Hyndman and Fan 1996, type 7); none without values.
 * Throws BAD_USER_INPUT for a share outside 0 to 1 or more than 100 of them.
 */
export function quantilesOf(values: readonly number[], probabilities: readonly number[]): number[] {
  if (probabilities.length > maxProbabilities) {
    throw badInput(`probabilities: expected at most ${String(maxProbabilities)}, got ${String(probabilities.length)}.`);
  }
  return probabilities.flatMap((probability) => {
    if (!(probability >= 0 && probability <= 1)) {
      throw badInput(`probabilities: expected numbers from 0 to 1, got ${String(probability)}.`);
    }
    const place = probability * (values.length - 1);
    const low = values[Math.floor(place)];
    const high = values[Math.ceil(place)];
    return low === undefined || high === undefined ? [] : [low + (high - low) * (place - Math.floor(place))];
  });
}
