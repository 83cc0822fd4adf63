/** How many examples are evaluated at once where only memory limits it. */
import { activationNumbers, type Problem } from '@ritz/estimation';

/** Numbers of the largest tensor: 256 MB in float32, a few of which are alive at once. */
const largestTensor = 2 ** 26;

/** At least one, at most `most`. */
export function partSize(problem: Problem, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(largestTensor / activationNumbers(problem).largest)));
}
