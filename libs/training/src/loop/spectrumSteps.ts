/** When to measure. */
import { TrainingError } from '../error/TrainingError.ts';

/** Step 0, then `count - 1` log-spaced steps up to the last one: early training changes fastest. */
export function logSpacedSteps(last: number, count: number): number[] {
  if (!Number.isInteger(last) || last < 1 || !Number.isInteger(count) || count < 2) {
    throw new TrainingError('BAD_OPTION', `logSpacedSteps: expected last ≥ 1 and count ≥ 2, got ${last} and ${count}.`);
  }
  const steps = new Set([0, last]);
  const first = Math.min(last, 2 ** Math.max(0, Math.round(Math.log2(last) / count)));
  for (let i = 0; i < count - 1; i++) {
    steps.add(Math.round(first * (last / first) ** (count === 2 ? 1 : i / (count - 2))));
  }
  return [...steps].sort((a, b) => a - b);
}
