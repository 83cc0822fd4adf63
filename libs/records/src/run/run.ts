/** A run: one training of one network, with every setting that two runs can differ in. */
import { z } from 'zod';
import { int32, integer, label, list, name, optional, text, uuid, withDefault, word } from '../fields/fields.ts';
import { batchNormModes, normalisations } from '../words/words.ts';
import { runConfigSchema } from './config.ts';
import { scheduleSchema } from './schedule.ts';

const maxTags = 100;

/** Sorted, each once. */
export const tagsSchema = list(name, { max: maxTags }).transform(distinct);

export const runFields = {
  /** A UUID made by the client: sending the same run again changes nothing. */
  id: uuid,
  name,
  /** By name, created when new. */
  project: withDefault(name, 'default'),
  /** By name inside the project, created when new. */
  experiment: withDefault(name, 'default'),
  architecture: name,
  dataset: name,
  batchNorm: withDefault(word(batchNormModes), 'none'),
  /** null = not said, as of runs recorded before it was known. */
  normalisation: optional(word(normalisations)),
  residual: withDefault(z.boolean(), false),
  /** In words, such as "SGD, momentum 0.9". */
  optimiser: name,
  schedule: scheduleSchema,
  seed: integer(),
  classes: optional(int32({ min: 1 })),
  parameterCount: optional(integer({ min: 1 })),
  plannedSteps: optional(int32({ min: 0 })),
  gitRevision: optional(label),
  engine: optional(label),
  config: withDefault(runConfigSchema, {}),
  tags: optional(list(name, { max: maxTags })).transform(distinct),
  notes: optional(text),
  /** Of a fork: the run it went off from, and the step up to which both are the same. Both or neither. */
  parentId: optional(uuid),
  parentStep: optional(int32({ min: 0 })),
};

export const runSchema = z.strictObject(runFields);

/** A run as clients send it. */
export type NewRun = Readonly<z.input<typeof runSchema>>;
/** A run that was checked, with its defaults filled in. */
export type RunValues = Readonly<z.output<typeof runSchema>>;

/** Changes of a run that exists; a field that is left out stays as it is, and `notes: null` removes the notes. */
export const runEditSchema = z.strictObject({
  name: name.optional(),
  notes: text.nullable().optional(),
  tags: tagsSchema.optional(),
  archived: z.boolean().optional(),
});

export type RunEdit = Readonly<z.input<typeof runEditSchema>>;

function distinct(tags: readonly string[] | null): string[] {
  return [...new Set(tags ?? [])].sort();
}
