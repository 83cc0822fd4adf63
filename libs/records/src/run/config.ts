/** The free-form settings of a run: anything that JSON can say, within bounds. */
import { z } from 'zod';
import { describeValue } from '../fields/describe.ts';
import { nonFiniteFault } from '../fields/fields.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type RunConfig = Readonly<Record<string, Json>>;

/** Levels of nesting and characters of text, so that no payload exhausts the stack or the table. */
const maxDepth = 20;
const maxLength = 1_000_000;

export const runConfigSchema = z
  .custom<RunConfig>(isObject, 'expected an object of named settings')
  .check((context) => {
    const fault = faultOf(context.value, 0);
    if (fault !== null) context.issues.push({ code: 'custom', ...fault });
  })
  .transform((value, context): RunConfig => {
    const written = JSON.stringify(value);
    if (written.length > maxLength) {
      const message = `expected at most ${maxLength} characters as JSON, got ${written.length}`;
      context.issues.push({ code: 'custom', input: value, message });
      return z.NEVER;
    }
    // Through JSON once, so that later comparisons are with what is stored.
    return JSON.parse(written) as RunConfig;
  });

/** Settings as JSON will hold them: what is undefined is left out. */
export function asRunConfig(settings: object): RunConfig {
  return JSON.parse(JSON.stringify(settings)) as RunConfig;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Fault {
  readonly path: PropertyKey[];
  readonly input: unknown;
  readonly message: string;
}

/** The first entry that JSON cannot say or PostgreSQL cannot store. */
function faultOf(value: Json, depth: number): Fault | null {
  const fault = (message: string): Fault => ({ path: [], input: value, message });
  if (typeof value === 'number') return Number.isFinite(value) ? null : fault(nonFiniteFault(value));
  if (typeof value === 'string') return isStorable(value) ? null : fault('expected valid Unicode without NUL');
  if (value === null || typeof value === 'boolean' || value === undefined) return null;
  if (typeof value !== 'object') return fault(`expected JSON, got ${describeValue(value)}`);
  if (depth === maxDepth) return fault(`expected at most ${maxDepth} levels of nesting, got more`);
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorable(key)) return fault('expected names in valid Unicode without NUL');
    const found = faultOf(inner, depth + 1);
    if (found !== null) return { ...found, path: [key, ...found.path] };
  }
  return null;
}

function isStorable(value: string): boolean {
  return !value.includes('\0') && !/\p{Surrogate}/u.test(value);
}
