/** Whole numbers that the user typed. */
import { CliError } from './cli-error.ts';

export interface CountOption {
  readonly flag: string;
  /** What the number is, for messages: `m, Lanczos steps of each probe`. */
  readonly meaning: string;
  readonly most: number;
}

/** Reads a whole number from 1 to `most`; throws a CliError that names the option and what it is. */
export function parseCount(text: string, { flag, meaning, most }: CountOption): number {
  const count = Number(text);
  if (!/^\s*\d+\s*$/.test(text) || count < 1 || count > most) {
    throw new CliError(`${flag} (${meaning}): expected a whole number from 1 to ${most}, got "${text}".`);
  }
  return count;
}
