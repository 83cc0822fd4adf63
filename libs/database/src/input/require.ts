/** Arguments that are no part of a record, such as page lengths and filters, checked one by one. */
import { describeRange, describeValue, isUuid, pathText, type Range } from '@ritz/records';
import { DatabaseError } from '../error/DatabaseError.ts';

/** Throws INVALID, or NON_FINITE for NaN and the infinities. */
export function requireInteger(value: number, field: readonly string[], range: Range = {}): number {
  const { min = -Infinity, max = Infinity } = range;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const expected = describeRange('an integer', range);
  throw new DatabaseError(
    Number.isFinite(value) ? 'INVALID' : 'NON_FINITE',
    `${pathText(field)}: expected ${expected}, got ${value}.`,
    { field },
  );
}

/** Returns `text` in lower case. Throws INVALID when it is not a UUID. */
export function requireUuid(text: string, field: readonly string[]): string {
  if (isUuid(text)) return text.toLowerCase();
  throw new DatabaseError('INVALID', `${pathText(field)}: expected a UUID, got ${describeValue(text)}.`, { field });
}

/** Returns text that PostgreSQL can compare with: it stores every character but NUL. Throws INVALID. */
export function requireText(value: string, field: readonly string[]): string {
  if (!value.includes('\0')) return value;
  const expected = 'expected text without the character NUL, got text that contains it';
  throw new DatabaseError('INVALID', `${pathText(field)}: ${expected}.`, { field });
}
