/** Checks a payload against a schema of the records; a fault becomes a DatabaseError that names the field. */
import { parse as parseRecord, RecordError } from '@ritz/records';
import type { z } from 'zod';
import { DatabaseError } from '../error/DatabaseError.ts';

/**
 * Returns the payload with its defaults filled in.
 * @param at where the payload stands in what the client sent, before the paths inside it.
 * @throws DatabaseError NON_FINITE for NaN and the infinities, INVALID for everything else.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: readonly string[] = [],
): z.output<Schema> {
  return asDatabaseError(() => parseRecord(schema, value, at));
}

/** Runs `check`; the RecordError of a bad value becomes a DatabaseError of the same code, field and message. */
export function asDatabaseError<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof RecordError) || (error.code !== 'INVALID' && error.code !== 'NON_FINITE')) throw error;
    throw new DatabaseError(error.code, error.message, { field: error.field ?? undefined, cause: error.cause });
  }
}
