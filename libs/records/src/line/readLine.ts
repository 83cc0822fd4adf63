/** A line of text as a checked line, or what is wrong with it. */
import { parse } from '../fields/parse.ts';
import { RecordError } from '../RecordError.ts';
import { type Line, lineSchema } from './line.ts';
import { nonFiniteIn } from './nonFinite.ts';

/** @throws RecordError INVALID or NON_FINITE with what was expected and what was given. */
export function readLine(text: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const found = nonFiniteIn(text);
    if (found !== null) {
      const advice = 'Numbers that are not finite cannot be stored: leave them out, or send null.';
      throw new RecordError('NON_FINITE', `The line: expected JSON, got ${found}. ${advice}`, { cause });
    }
    throw new RecordError('INVALID', 'The line: expected one JSON object per line.', { cause });
  }
  return checkLine(value);
}

/** @throws RecordError INVALID or NON_FINITE that names the field. */
export function checkLine(value: unknown): Line {
  return parse(lineSchema, value);
}
