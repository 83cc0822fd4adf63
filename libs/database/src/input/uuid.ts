/** UUIDs as clients send them: checked before the server sees them, compared in lower case. */
import { DatabaseError } from '../error/DatabaseError.ts';
import { pathText } from './number.ts';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return pattern.test(text);
}

/** `text` in lower case. Throws INVALID when it is no UUID. */
export function requireUuid(text: string, field: readonly string[]): string {
  if (isUuid(text)) return text.toLowerCase();
  throw new DatabaseError('INVALID', `${pathText(field)} is ${JSON.stringify(text)}; a UUID is expected.`, { field });
}
