/** The range check that the settings of optimisers share. */
import { TrainingError } from '../error/TrainingError.ts';

/** Throws a TrainingError (BAD_OPTION) unless the value is from 0 to below `below`. */
export function requireShare(name: string, value: number, below = Infinity): void {
  if (value >= 0 && value < below) return;
  const expected = below === Infinity ? 'a number of at least 0' : `a number from 0 to below ${below}`;
  throw new TrainingError('BAD_OPTION', `${name}: expected ${expected}, got ${value}.`);
}
