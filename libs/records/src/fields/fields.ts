/** The kinds of value that records are made of, as Zod schemas: one definition for files, HTTP and GraphQL alike. */
import { z } from 'zod';
import { constantOf } from '../words/constantCase.ts';
import { describeRange, describeValue, type Range } from './describe.ts';

/** Characters of a name: it must fit into an index of PostgreSQL, whatever its alphabet. */
const maxNameLength = 500;
/** Characters of free text. */
const maxTextLength = 100_000;

/** A schema with a further check, which returns the fault as "expected …, got …", or null. */
function checked<Schema extends z.ZodType>(schema: Schema, faultOf: (value: z.output<Schema>) => string | null) {
  return schema.check((context) => {
    const message = faultOf(context.value as z.output<Schema>);
    if (message !== null) context.issues.push({ code: 'custom', input: context.value, message, continue: false });
  });
}

function textFault(value: string, maxLength: number): string | null {
  if (value.includes('\0')) return 'expected text without the character NUL, got text that contains it';
  if (/\p{Surrogate}/u.test(value)) return 'expected valid Unicode, got half of a surrogate pair';
  if (value.length > maxLength) return `expected at most ${maxLength} characters, got ${value.length}`;
  return null;
}

/** Text of one line's length that may be empty, such as a fingerprint. */
export const label = checked(z.string(), (value) => textFault(value, maxNameLength));

/** Text that is neither empty nor blank. */
export const name = checked(z.string(), (value) =>
  value.trim() === '' ? `expected a name, got ${JSON.stringify(value)}` : textFault(value, maxNameLength),
);

/** Free text. */
export const text = checked(z.string(), (value) => textFault(value, maxTextLength));

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: string): boolean {
  return uuidPattern.test(value);
}

/** In lower case. */
export const uuid = checked(z.string(), (value) =>
  isUuid(value) ? null : `expected a UUID, got ${describeValue(value)}`,
).transform((value) => value.toLowerCase());

function rangeFault(noun: string, value: number, range: Range): string | null {
  const { min = -Infinity, max = Infinity } = range;
  return value >= min && value <= max ? null : `expected ${describeRange(noun, range)}, got ${value}`;
}

export function finite(range: Range = {}) {
  return checked(z.number(), (value) => rangeFault('a number', value, range));
}

/** An integer that a double holds exactly. */
export function integer(range: Range = {}) {
  return checked(z.number(), (value) => {
    if (Number.isSafeInteger(value)) return rangeFault('an integer', value, range);
    const expected = Number.isInteger(value) ? 'an integer of magnitude below 2^53' : 'an integer';
    return `expected ${expected}, got ${value}`;
  });
}

/** An integer of 32 bits. */
export function int32({ min = -(2 ** 31), max = 2 ** 31 - 1 }: Range = {}) {
  return integer({ min, max });
}

/** Many finite numbers; only the first fault is reported. */
export function numbers(range: Range = {}) {
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = range;
  // Also checked where the type says so already: the values come from outside.
  const isRight = (value: number): boolean => typeof value === 'number' && value >= min && value <= max;
  return z.custom<readonly number[]>(Array.isArray, 'expected a list of numbers').check((context) => {
    const at = context.value.findIndex((value) => !isRight(value));
    if (at < 0) return;
    const value: unknown = context.value[at];
    const isFinite = typeof value === 'number' && Number.isFinite(value);
    const message = (isFinite && rangeFault('a number', value, range)) || nonFiniteFault(value);
    context.issues.push({ code: 'custom', input: value, path: [at], message });
  });
}

/** The fault of something that should be a finite number. */
export function nonFiniteFault(value: unknown): string {
  return `expected a finite number, got ${describeValue(value)}`;
}

/** A list whose items are checked one by one. */
export function list<Schema extends z.ZodType>(
  item: Schema,
  { min = 0, max = Infinity }: Range = {},
): z.ZodType<readonly z.output<Schema>[], readonly z.input<Schema>[]> {
  const atLeast = z.array(item).min(min);
  return max === Infinity ? atLeast : atLeast.max(max);
}

/** One of a list of words. Its spelling as a constant, which files of earlier versions have, is read as well. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words) {
  const known = new Map<unknown, Words[number]>(
    words.flatMap((one) => [[one, one] as const, [constantOf(one), one] as const]),
  );
  return z.custom<Words[number]>().transform((value, context): Words[number] => {
    const found = known.get(value);
    if (found !== undefined) return found;
    context.issues.push({ code: 'invalid_value', values: [...words], input: value });
    return z.NEVER;
  });
}

/** A point in time: a Date, or ISO 8601 with its offset from UTC. */
export const instant = z
  .union([z.date(), z.iso.datetime({ offset: true })], 'expected a point in time in ISO 8601 with an offset')
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
