/** Lengths of time that the user typed: `30m`, `12h`, `1d`. */
import { CliError } from '../terminal/cliError.ts';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** In milliseconds. Throws a CliError that names the option. */
export function parseDuration(text: string, option: string): number {
  const [, count = '', unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const length = Number(count) * (units[unit] ?? 0);
  if (length > 0) return length;
  throw new CliError(`${option}: expected a length of time such as 30m, 12h or 1d, got "${text}".`);
}
