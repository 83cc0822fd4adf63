/** Text as clients send it: PostgreSQL stores every character but NUL. */
import { DatabaseError } from '../error/DatabaseError.ts';
import { pathText } from './number.ts';

export function requireText(value: string, field: readonly string[]): string {
  if (!value.includes('\0')) return value;
  throw new DatabaseError('INVALID', `${pathText(field)} contains the character NUL, which cannot be stored.`, {
    field,
  });
}

/** Text that says something: not empty, not only blanks. */
export function requireName(value: string, field: readonly string[]): string {
  if (value.trim() !== '') return requireText(value, field);
  throw new DatabaseError('INVALID', `${pathText(field)} is empty; a name is expected.`, { field });
}

export function optionalText(value: string | null | undefined, field: readonly string[]): string | null {
  return value === null || value === undefined ? null : requireText(value, field);
}
