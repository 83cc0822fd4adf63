/** Describes the faults of a config, one per line: its place, what was expected, what was given, and the closest known name. */
import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { configSchema } from './configSchema.ts';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** `given`: what was checked. */
export function configFaults(issues: readonly Issue[], given: unknown): string[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? unknownKeys(issue.path, issue.keys, given) : [fault(issue, given)],
  );
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.map(String).join('.') || 'the file';
}

function fault(issue: Issue, given: unknown): string {
  const value = valueAt(given, issue.path);
  const expected = expectation(issue);
  const place = placeOf(issue.path);
  if (value === undefined) return `${place} is missing: expected ${expected}`;
  const choices = choicesOf(issue);
  const near = typeof value === 'string' && choices ? nearest(value, choices) : undefined;
  return `${place}: expected ${expected}, got ${valueText(value)}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

function choicesOf(issue: Issue): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' && 'options' in issue ? (issue.options as unknown[]).map(String) : undefined;
}

const kinds: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'an integer',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
};

function expectation(issue: Issue): string {
  const choices = choicesOf(issue);
  if (choices) return `one of ${choices.join(', ')}`;
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? issue.expected;
    case 'too_small':
      if (issue.origin === 'string') return `text of at least ${issue.minimum} characters`;
      return `a number ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `text of at most ${issue.maximum} characters`;
      return `a number ${issue.inclusive ? 'of at most' : 'below'} ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** Shortened. */
function valueText(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    given,
  );
}

function unknownKeys(path: readonly PropertyKey[], keys: readonly string[], given: unknown): string[] {
  const known = keysAt(path, given);
  return keys.map((key) => {
    const near = nearest(key, known);
    const advice = near === undefined ? ` (known here: ${known.join(', ')})` : `; did you mean ${near}?`;
    return `${placeOf([...path, key])}: unknown key${advice}`;
  });
}

/** The closest candidate within the distance of a typing error; undefined if there is none. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [first] = candidates.toSorted((a, b) => distance(word, a) - distance(word, b));
  return first !== undefined && distance(word, first) <= Math.max(2, word.length / 3) ? first : undefined;
}

/** The keys that the object at this place may have; of a discriminated union, those of its kind. */
function keysAt(path: readonly PropertyKey[], given: unknown): string[] {
  let schemas: Schema[] = [configSchema];
  let value = given;
  for (const key of path) {
    schemas = shapes(schemas, value).flatMap((shape) => shape[String(key)] ?? []);
    value = valueAt(value, [key]);
  }
  return [...new Set(shapes(schemas, value).flatMap((shape) => Object.keys(shape)))];
}

type Shape = Readonly<Record<string, Schema>>;

function shapes(schemas: readonly Schema[], value: unknown): Shape[] {
  return schemas.flatMap((schema): Shape[] => {
    const { def } = schema._zod;
    if ('innerType' in def) return shapes([def.innerType as Schema], value);
    if ('options' in def) return shapes(ofKind(def.options as Schema[], valueAt(value, ['kind'])), value);
    return 'shape' in def ? [def.shape as Shape] : [];
  });
}

/** All keys if the kind is unknown. */
function ofKind(options: readonly Schema[], kind: unknown): readonly Schema[] {
  const matching = options.filter((option) => option._zod.propValues?.['kind']?.has(kind as string));
  return matching.length > 0 ? matching : options;
}
