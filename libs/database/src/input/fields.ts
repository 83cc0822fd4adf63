/** The kinds of value that payloads are made of, as Zod schemas: one definition for files, HTTP and GraphQL alike. */
import { z } from 'zod';
import { isUuid } from './uuid.ts';
import type { Range } from './number.ts';

/** Longest name, in characters: it must fit into an index of PostgreSQL, whatever its alphabet. */
const longestName = 500;
/** Longest free text, in characters. */
const longestText = 100_000;

/** A check that says what is wrong with a value, as the second half of a sentence, or nothing. */
function checked<Schema extends z.ZodType>(schema: Schema, complaint: (value: z.output<Schema>) => string | null) {
  return schema.check((context) => {
    const message = complaint(context.value as z.output<Schema>);
    if (message !== null) context.issues.push({ code: 'custom', input: context.value, message, continue: false });
  });
}

function wrongText(value: string, longest: number): string | null {
  if (value.includes('\0')) return 'contains the character NUL, which cannot be stored';
  if (/\p{Surrogate}/u.test(value))
    return 'contains half of a surrogate pair, which is no character; send valid Unicode';
  if (value.length > longest) return `has ${value.length} characters; at most ${longest} are expected`;
  return null;
}

/** Text of one line's length that may be empty, such as a fingerprint. */
export const label = checked(z.string(), (value) => wrongText(value, longestName));

/** Text that says something: not empty, not only blanks. */
export const name = checked(z.string(), (value) =>
  value.trim() === '' ? 'is empty; a name is expected' : wrongText(value, longestName),
);

/** Free text. */
export const text = checked(z.string(), (value) => wrongText(value, longestText));

/** In lower case. */
export const uuid = checked(z.string(), (value) =>
  isUuid(value) ? null : `is ${JSON.stringify(value.slice(0, 80))}; a UUID is expected`,
).transform((value) => value.toLowerCase());

function outside(value: number, { min = -Infinity, max = Infinity }: Range): string | null {
  if (value >= min && value <= max) return null;
  const expected = [min > -Infinity ? `at least ${min}` : '', max < Infinity ? `at most ${max}` : ''];
  return `is ${value}; ${expected.filter((part) => part !== '').join(' and ')} is expected`;
}

export function finite(range: Range = {}) {
  return checked(z.number(), (value) => outside(value, range));
}

/** A whole number that a double holds exactly. */
export function integer(range: Range = {}) {
  return checked(z.number(), (value) =>
    Number.isSafeInteger(value)
      ? outside(value, range)
      : `is ${value}; a whole number of magnitude below 2^53 is expected`,
  );
}

/** A whole number of 32 bits. */
export function int32({ min = -(2 ** 31), max = 2 ** 31 - 1 }: Range = {}) {
  return integer({ min, max });
}

/** Many finite numbers; only the first wrong one is reported. */
export function numbers(range: Range = {}) {
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = range;
  // Also of what is no number, though the type says so: it comes from outside.
  const isRight = (value: number): boolean => typeof value === 'number' && value >= min && value <= max;
  return z.custom<readonly number[]>(Array.isArray, 'is no list; a list of numbers is expected').check((context) => {
    const at = context.value.findIndex((value) => !isRight(value));
    if (at < 0) return;
    const value: unknown = context.value[at];
    const message = Number.isFinite(value) ? outside(value as number, range) : wrongNumber(value);
    context.issues.push({ code: 'custom', input: value, path: [at], message: message ?? wrongNumber(value) });
  });
}

/** What is said of something that should be a number. */
export function wrongNumber(value: unknown): string {
  return `is ${typeof value === 'number' ? value : describe(value)}; a finite number is expected`;
}

/** A value as messages show it: short, and never a whole object. */
export function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
}

/** A point in time: a Date, or ISO 8601 with its offset from UTC. */
export const instant = z
  .union([z.date(), z.iso.datetime({ offset: true })], 'is no point in time; ISO 8601 with an offset is expected')
  .transform((value) => new Date(value));

/** A field that may be left out or null. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? null);
}

/** A field that means `fallback` when it is left out or null. */
export function withDefault<Schema extends z.ZodType, Fallback extends z.output<Schema>>(
  schema: Schema,
  fallback: Fallback,
) {
  return schema.nullish().transform((value): z.output<Schema> => value ?? fallback);
}
