/** What a client says about a run, as a schema. */
import { z } from 'zod';
import {
  finite,
  int32,
  integer,
  label,
  name,
  optional,
  text,
  uuid,
  withDefault,
  wrongNumber,
} from '../input/fields.ts';
import { batchNormMode, type Config, type Json } from '../schema/run.ts';

/** Deepest nesting and longest text of `config`, so that no payload exhausts the stack or the table. */
const deepestConfig = 20;
const longestConfig = 1_000_000;

const mostTags = 100;
const mostScheduleSteps = 10_000;

export const scheduleSchema = z.strictObject({
  kind: z.enum(['CONSTANT', 'STEP', 'COSINE', 'WARMUP_COSINE']),
  initial: finite({ min: 0 }),
  factor: optional(finite({ min: 0 })),
  steps: optional(z.array(int32({ min: 0 })).max(mostScheduleSteps)),
  totalSteps: optional(int32({ min: 0 })),
  warmupSteps: optional(int32({ min: 0 })),
});

/** Free-form settings, as JSON will say them. */
const config = z
  .custom<Config>(isObject, 'is no object; named settings are expected')
  .check((context) => {
    const fault = wrongJson(context.value, 0);
    if (fault !== null) context.issues.push({ code: 'custom', ...fault });
  })
  .transform((value, context): Config => {
    const written = JSON.stringify(value);
    if (written.length > longestConfig) {
      context.issues.push({
        code: 'custom',
        input: value,
        message: `has ${written.length} characters as JSON; at most ${longestConfig} are expected`,
      });
      return z.NEVER;
    }
    // Through JSON once, so that what is compared later is what will be stored.
    return JSON.parse(written) as Config;
  });

export const runPayload = {
  id: uuid,
  name,
  project: withDefault(name, 'default'),
  experiment: withDefault(name, 'default'),
  architecture: name,
  dataset: name,
  batchNorm: withDefault(z.enum(batchNormMode.enumValues), 'NONE'),
  residual: withDefault(z.boolean(), false),
  optimiser: name,
  schedule: scheduleSchema,
  seed: integer(),
  classes: optional(int32({ min: 1 })),
  parameterCount: optional(integer({ min: 1 })),
  plannedSteps: optional(int32({ min: 0 })),
  gitRevision: optional(label),
  engine: optional(label),
  config: withDefault(config, {}),
  tags: optional(z.array(name).max(mostTags)).transform(distinct),
  notes: optional(text),
};

export const runSchema = z.strictObject(runPayload);

/** Changes of what may be changed; a field that is left out stays as it is, and `notes: null` removes the notes. */
export const runEditSchema = z.strictObject({
  name: name.optional(),
  notes: text.nullable().optional(),
  tags: z.array(name).max(mostTags).transform(distinct).optional(),
  archived: z.boolean().optional(),
});

export const tagsSchema = z.array(name).max(mostTags).transform(distinct);

function distinct(tags: readonly string[] | null): string[] {
  return [...new Set(tags ?? [])].sort();
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
function wrongJson(value: Json, depth: number): Fault | null {
  const fault = (message: string): Fault => ({ path: [], input: value, message });
  if (typeof value === 'number') return Number.isFinite(value) ? null : fault(wrongNumber(value));
  if (typeof value === 'string') return storable(value) ? null : fault('contains characters that cannot be stored');
  if (value === null || typeof value === 'boolean' || value === undefined) return null;
  if (typeof value !== 'object') return fault(`is a ${typeof value}; JSON is expected`);
  if (depth === deepestConfig) return fault(`is nested more than ${deepestConfig} levels deep`);
  for (const [key, inner] of Object.entries(value)) {
    if (!storable(key)) return fault('has a name with characters that cannot be stored');
    const found = wrongJson(inner, depth + 1);
    if (found !== null) return { ...found, path: [key, ...found.path] };
  }
  return null;
}

function storable(value: string): boolean {
  return !value.includes('\0') && !/\p{Surrogate}/u.test(value);
}
