/** A line of text as a checked line, or what is wrong with it. */
import { nonFiniteIn } from '@ritz/records';
import { DatabaseError } from '../error/DatabaseError.ts';
import { parse } from '../input/parse.ts';
import { type Line, lineSchema } from './Line.ts';

/** @throws DatabaseError INVALID or NON_FINITE saying what was given and what is expected. */
export function readLine(text: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const found = nonFiniteIn(text);
    if (found !== null) {
      throw new DatabaseError(
        'NON_FINITE',
        `The line holds ${found}, which is not JSON: a number that is not finite cannot be stored. Leave it out, or send null.`,
        { cause },
      );
    }
    throw new DatabaseError('INVALID', 'The line is not JSON; one object per line is expected.', { cause });
  }
  return checkLine(value);
}

/** @throws DatabaseError INVALID or NON_FINITE naming the field. */
export function checkLine(value: unknown): Line {
  return parse(lineSchema, value);
}
