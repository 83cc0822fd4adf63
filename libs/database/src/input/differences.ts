/** Where two payloads of the same identity differ. */
import { isDeepStrictEqual } from 'node:util';

/** The paths of all fields whose values differ: `['schedule', 'initial']`. Objects are entered, arrays of objects too. */
export function differences(stored: object, given: object, path: readonly string[] = []): string[][] {
  const before = new Map<string, unknown>(Object.entries(stored));
  const after = new Map<string, unknown>(Object.entries(given));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, value] = [before.get(key), after.get(key)];
    if (isSame(old, value)) return [];
    const here = [...path, key];
    return isNested(old) && isNested(value) && Array.isArray(old) === Array.isArray(value)
      ? differences(old, value, here)
      : [here];
  });
}

/** Arrays are entered here, so that 0 and -0 are the same number in them as they are alone. */
function isSame(old: unknown, value: unknown): boolean {
  if (old === value) return true;
  if (!Array.isArray(old) || !Array.isArray(value)) return isDeepStrictEqual(old, value);
  return old.length === value.length && old.every((one, at) => isSame(one, value[at]));
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}
