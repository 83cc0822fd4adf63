/**
 * Arrays of doubles as PostgreSQL writes them. The driver's own reader takes any array apart character by character; a spectrum of
 * 10 probes × 90 steps is 1,800 numbers, and reading them so took longer than what is computed from them.
 */
import { types } from 'pg';

/** Types by their number in PostgreSQL's catalogue, which the driver's list leaves out. */
const catalogue: Readonly<Record<'float8Array', number>> = { float8Array: 1022 };

/** `{0.5,-0,1e-310}`, one dimension, no nulls: what the tables of this package hold. */
export function readDoubles(text: string): number[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',').map(Number);
}

/** From now on every connection of the driver reads them so. */
export function readDoublesFast(): void {
  types.setTypeParser(catalogue.float8Array, readDoubles);
}
