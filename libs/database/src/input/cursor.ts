/** Cursors: the ordering and the place in it, so that a page goes on exactly where the last one ended. */
import { DatabaseError } from '../error/DatabaseError.ts';
import { requireInteger } from './require.ts';

const longestPage = 1000;

export function pageLength(first: number | null | undefined): number {
  return requireInteger(first ?? 50, ['first'], { min: 1, max: longestPage });
}

/** `parts` as an opaque word; the first names the ordering. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url');
}

/** The parts behind the ordering's name. Throws INVALID for anything this ordering did not hand out. */
export function decodeCursor(cursor: string, ordering: string, length: number): string[] {
  const parts = parse(cursor);
  if (parts !== undefined && parts[0] === ordering && parts.length === length + 1) return parts.slice(1);
  throw invalidCursor(cursor);
}

export function invalidCursor(cursor: string): DatabaseError {
  return new DatabaseError(
    'INVALID',
    `after: expected a cursor from a page of the same list and ordering, got ${JSON.stringify(cursor)}.`,
    { field: ['after'] },
  );
}

function parse(cursor: string): string[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : undefined;
  } catch {
    return undefined;
  }
}
