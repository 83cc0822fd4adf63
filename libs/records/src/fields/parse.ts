/** Checks a payload against a schema; the first fault becomes a RecordError that names the field. */
import type { z } from 'zod';
import { RecordError } from '../RecordError.ts';
import { describeValue, pathText } from './describe.ts';

type Issue = z.core.$ZodIssue;

/**
 * Returns the payload with its defaults filled in.
 * @param at where the payload stands in what the client sent, before the paths inside it.
 * @throws RecordError NON_FINITE for NaN and the infinities, INVALID for everything else.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: readonly string[] = [],
): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw new RecordError('INVALID', 'The record could not be checked.');
  const { code, extra = [], fault } = explain(issue);
  const field = [...at, ...issue.path.map(String), ...extra];
  throw new RecordError(code, `${field.length === 0 ? 'The record' : pathText(field)}: ${fault}.`, { field });
}

interface Explanation {
  readonly code: 'NON_FINITE' | 'INVALID';
  /** What the path continues with. */
  readonly extra?: readonly string[];
  readonly fault: string;
}

function explain(issue: Issue): Explanation {
  const { input } = issue;
  const invalid = (fault: string, extra: readonly string[] = []): Explanation => ({ code: 'INVALID', extra, fault });
  const expectedInstead = (expected: string, got = describeValue(input)): Explanation =>
    invalid(`expected ${expected}, got ${got}`);
  if (typeof input === 'number' && !Number.isFinite(input)) {
    return { code: 'NON_FINITE', fault: `expected a finite number, got ${input}` };
  }
  switch (issue.code) {
    case 'invalid_type':
      return expectedInstead(kinds[issue.expected] ?? issue.expected);
    case 'invalid_value':
      return expectedInstead(listed(issue.values.map(String)));
    case 'unrecognized_keys':
      return invalid('unknown field. Remove it, or correct its name', issue.keys.slice(0, 1));
    case 'invalid_union': {
      const known = issue.errors.length === 0 && 'options' in issue ? (issue.options ?? []) : [];
      if (known.length === 0) return invalid(issue.message);
      const tag = input !== null && typeof input === 'object' ? Reflect.get(input, issue.path.at(-1) ?? '') : undefined;
      return expectedInstead(listed(known.map(String)), describeValue(tag));
    }
    case 'too_small':
      return expectedInstead(`at least ${counted(issue.minimum)}`, String(lengthOf(input)));
    case 'too_big':
      return expectedInstead(`at most ${counted(issue.maximum)}`, String(lengthOf(input)));
    default:
      return invalid(issue.message);
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a finite number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function counted(count: number | bigint): string {
  return `${count} ${Number(count) === 1 ? 'entry' : 'entries'}`;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
