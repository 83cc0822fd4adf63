/** Checks a payload against its Zod schema; the first fault becomes a DatabaseError that names the field. */
import type { z } from 'zod';
import { DatabaseError } from '../error/DatabaseError.ts';
import { describe, wrongNumber } from './fields.ts';
import { pathText } from './number.ts';

type Issue = z.core.$ZodIssue;

/**
 * The payload with its defaults filled in.
 * @param at where the payload stands in what the client sent, before the paths inside it.
 * @throws DatabaseError NON_FINITE for NaN and the infinities, INVALID for everything else.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: readonly string[] = [],
): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw new DatabaseError('INVALID', 'The payload cannot be read.');
  const { code, extra, complaint } = explain(issue);
  const field = [...at, ...issue.path.map(String), ...extra];
  const subject = field.length === 0 ? 'The payload' : pathText(field);
  throw new DatabaseError(code, `${subject} ${complaint}.`, { field });
}

interface Explanation {
  readonly code: 'NON_FINITE' | 'INVALID';
  /** What the path goes on with. */
  readonly extra: readonly string[];
  readonly complaint: string;
}

function explain(issue: Issue): Explanation {
  const invalid = (complaint: string, extra: readonly string[] = []): Explanation => ({
    code: 'INVALID',
    extra,
    complaint,
  });
  const { input } = issue;
  if (typeof input === 'number' && !Number.isFinite(input)) {
    return { code: 'NON_FINITE', extra: [], complaint: wrongNumber(input) };
  }
  switch (issue.code) {
    case 'invalid_type':
      return invalid(`is ${describe(input)}; ${expected[issue.expected] ?? issue.expected} is expected`);
    case 'invalid_value':
      return invalid(`is ${describe(input)}; ${issue.values.map(String).join(' or ')} is expected`);
    case 'unrecognized_keys':
      return invalid('is not a field that is known; leave it out', issue.keys.slice(0, 1));
    case 'invalid_union': {
      const known = issue.errors.length === 0 && 'options' in issue ? (issue.options ?? []) : [];
      if (known.length === 0) return invalid(issue.message);
      const tag = input !== null && typeof input === 'object' ? Reflect.get(input, issue.path.at(-1) ?? '') : undefined;
      return invalid(`is ${describe(tag)}; ${known.map(String).join(' or ')} is expected`);
    }
    case 'too_small':
      return invalid(`has ${lengthOf(input)} entries; at least ${issue.minimum} are expected`);
    case 'too_big':
      return invalid(`has ${lengthOf(input)} entries; at most ${issue.maximum} are expected`);
    default:
      return invalid(issue.message);
  }
}

const expected: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a finite number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
