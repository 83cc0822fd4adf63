/** Restores the state of an optimiser. */
import { TrainingError } from '../error/TrainingError.ts';

/** Copies the named arrays over the given ones; every name must be there, none more, each of the same length. */
export function restoreState(
  into: Readonly<Record<string, Float64Array>>,
  state: Readonly<Record<string, Float64Array>>,
): void {
  const names = (record: object): string => Object.keys(record).sort().join(', ');
  if (names(into) !== names(state)) {
    throw mismatch(`expected the arrays ${names(into)}, got ${names(state) || 'none'}`);
  }
  for (const [name, array] of Object.entries(into)) {
    const saved = state[name];
    if (saved?.length !== array.length)
      throw mismatch(`${name} has ${saved?.length} numbers instead of ${array.length}`);
  }
  for (const [name, array] of Object.entries(into)) array.set(state[name] ?? []);
}

function mismatch(what: string): TrainingError {
  return new TrainingError(
    'CHECKPOINT_MISMATCH',
    `The saved state of the optimiser does not fit: ${what}. Resume with the optimiser and model that wrote it.`,
  );
}
