/** Numbers as clients send them: finite, whole where they count, inside their range. */
import { DatabaseError } from '../error/DatabaseError.ts';

export interface Range {
  readonly min?: number;
  readonly max?: number;
}

const int32: Required<Range> = { min: -(2 ** 31), max: 2 ** 31 - 1 };

/** `path` as people write it: `probes[0].alpha[3]`. */
export function pathText(path: readonly string[]): string {
  return path.map((part, at) => (/^\d+$/.test(part) ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
}

/** Throws NON_FINITE for NaN and the infinities, INVALID outside `range`. */
export function requireFinite(value: number, field: readonly string[], range: Range = {}): number {
  if (!Number.isFinite(value)) {
    throw new DatabaseError('NON_FINITE', `${pathText(field)} is ${value}; a finite number is expected.`, { field });
  }
  const { min = -Infinity, max = Infinity } = range;
  if (value < min || value > max) {
    const expected = [min > -Infinity ? `at least ${min}` : '', max < Infinity ? `at most ${max}` : ''];
    throw new DatabaseError(
      'INVALID',
      `${pathText(field)} is ${value}; ${expected.filter((text) => text !== '').join(' and ')} is expected.`,
      { field },
    );
  }
  return value;
}

/** A whole number that a double holds exactly. */
export function requireInteger(value: number, field: readonly string[], range: Range = {}): number {
  requireFinite(value, field);
  if (!Number.isSafeInteger(value)) {
    throw new DatabaseError('INVALID', `${pathText(field)} is ${value}; a whole number is expected.`, { field });
  }
  return requireFinite(value, field, range);
}

/** A whole number of 32 bits. */
export function requireInt32(value: number, field: readonly string[], range: Range = {}): number {
  return requireInteger(value, field, { min: range.min ?? int32.min, max: range.max ?? int32.max });
}

/** Every entry finite; the field names the first that is not. */
export function requireFiniteArray(values: readonly number[], field: readonly string[], range: Range = {}): void {
  values.forEach((value, at) => requireFinite(value, [...field, String(at)], range));
}
