/** The settings that optimisers share: in configs, and checked where they are used. */
import { z } from 'zod';
import { TrainingError } from '../error/TrainingError.ts';

/** From 0 to below 1, such as a momentum. */
export const share = z.number().min(0).lt(1);
export const positive = z.number().gt(0);
/** λ, at least 0. */
export const weightDecay = z.number().min(0).default(0);

/** Throws a TrainingError (BAD_OPTION) unless the value is from 0 to below `below`. */
export function requireShare(name: string, value: number, below = Infinity): void {
  if (value >= 0 && value < below) return;
  const expected = below === Infinity ? 'a number of at least 0' : `a number from 0 to below ${below}`;
  throw new TrainingError('BAD_OPTION', `${name}: expected ${expected}, got ${value}.`);
}

/** Throws a TrainingError (BAD_OPTION) unless the value is greater than 0. */
export function requirePositive(name: string, value: number): void {
  if (value > 0 && value < Infinity) return;
  throw new TrainingError('BAD_OPTION', `${name}: expected a number greater than 0, got ${value}.`);
}
