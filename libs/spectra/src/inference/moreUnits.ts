/** How much more has to be measured before an interval decides. */
import { studentQuantile } from '../statistics/studentT.ts';
import { mean } from './Replicate.ts';
import { standardDeviation } from './studentInterval.ts';

const most = 1000;

/**
 * Further values until the interval around the present mean would no longer hold `of`, if the spread stays what it is: half of such
 * experiments decide then. 0 where it does now; null for fewer than two values, and where a thousand would not do.
 */
export function moreUnits(values: readonly number[], of: number, confidence: number): number | null {
  if (values.length < 2) return null;
  const distance = Math.abs(mean(values) - of);
  const deviation = standardDeviation(values);
  const decides = (count: number): boolean =>
    (studentQuantile(confidence, count - 1) * deviation) / Math.sqrt(count) < distance;
  let [low, high] = [0, most];
  if (!decides(values.length + high)) return null;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (decides(values.length + middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
