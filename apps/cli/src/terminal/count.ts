/** Integers, as users type and read them. */
import { CliError } from './cliError.ts';

export interface CountOption {
  readonly flag: string;
  /** What the number is, for messages: `m, Lanczos steps of each probe`. */
  readonly meaning: string;
  /** Default 1. */
  readonly least?: number;
  readonly most: number;
}

/** Reads an integer from `least` to `most`; throws a CliError that names the option and what it is. */
export function parseCount(text: string, { flag, meaning, least = 1, most }: CountOption): number {
  const count = Number(text);
  if (!/^\s*\d+\s*$/.test(text) || count < least || count > most) {
    throw new CliError(`${flag} (${meaning}): expected an integer from ${least} to ${most}, got "${text}".`);
  }
  return count;
}

/** `1 probe`, `2 probes`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
