/**
 * One line of the interchange format: a JSON object `{"v":1,"kind":…}` per line of a file or of an HTTP body. Every kind
 * carries an id made by the client, so that a line may be sent any number of times.
 */
import { z } from 'zod';
import { instant, uuid, word } from '../fields/fields.ts';
import { runFields } from '../run/run.ts';
import { stepFields } from '../run/step.ts';
import { overlapPlace, overlapSchema } from '../spectrum/overlap.ts';
import { checkMeasured, spectrumFields } from '../spectrum/spectrum.ts';
import { runEndings } from '../words/words.ts';

const version = z.literal(1);

/**
 * `createdAt`, `editedAt`, `archived`, `supersededAt`: of a copy, from where the run was made first; ignored when the run exists.
 * `supersededAt`: the run is what a rewound run, its parent, had beyond `parentStep`.
 */
const runLine = z.strictObject({
  v: version,
  kind: z.literal('run'),
  ...runFields,
  createdAt: instant.optional(),
  editedAt: instant.nullable().optional(),
  archived: z.boolean().optional(),
  supersededAt: instant.optional(),
});

const stepLine = z.strictObject({ v: version, kind: z.literal('step'), runId: uuid, ...stepFields });

const spectrumLine = z
  .strictObject({ v: version, kind: z.literal('spectrum'), ...spectrumFields, createdAt: instant.optional() })
  .check(checkMeasured);

/** A gradient overlap that was measured after its spectrum was sent. */
const overlapLine = z.strictObject({
  v: version,
  kind: z.literal('overlap'),
  ...overlapPlace,
  ...overlapSchema.shape,
});

/**
 * The training goes on from an earlier step: what the run has beyond `step` is superseded, and kept as a run of its own under `id`.
 * Lines behind it belong to what comes after.
 */
const rewindLine = z.strictObject({
  v: version,
  kind: z.literal('rewind'),
  id: uuid,
  runId: uuid,
  step: stepFields.number,
});

/** The end of a run. */
const finishLine = z.strictObject({
  v: version,
  kind: z.literal('finish'),
  runId: uuid,
  status: word(runEndings),
  finishedAt: instant.optional(),
});

export const lineSchema = z.discriminatedUnion('kind', [
  runLine,
  stepLine,
  spectrumLine,
  overlapLine,
  rewindLine,
  finishLine,
]);

/** The fields of every kind of line, beside `v` and `kind`. */
export const lineFields: Readonly<Record<z.output<typeof lineSchema>['kind'], readonly string[]>> = {
  run: fieldsOf(runLine),
  step: fieldsOf(stepLine),
  spectrum: fieldsOf(spectrumLine),
  overlap: fieldsOf(overlapLine),
  rewind: fieldsOf(rewindLine),
  finish: fieldsOf(finishLine),
};

function fieldsOf(line: { readonly shape: object }): string[] {
  return Object.keys(line.shape).filter((field) => field !== 'v' && field !== 'kind');
}

/** What does not make a training what it is: what it is called, and when it ran. */
const descriptive = new Set([
  ...['id', 'name', 'project', 'experiment', 'tags', 'notes'],
  ...['createdAt', 'editedAt', 'archived', 'supersededAt', 'parentId', 'parentStep'],
]);

/** The fields of a run that make its training what it is: two runs that agree in all of them are repetitions. */
export const runSettings: readonly string[] = lineFields.run.filter((field) => !descriptive.has(field));

/** A line as it is written: everything that has a default may be left out. */
export type RecordLine = Readonly<z.input<typeof lineSchema>>;
/** A line that was checked, with its defaults filled in. */
export type Line = Readonly<z.output<typeof lineSchema>>;
export type LineKind = Line['kind'];
export type LineOf<Kind extends LineKind> = Extract<Line, { kind: Kind }>;
export type RecordLineOf<Kind extends LineKind> = Extract<RecordLine, { kind: Kind }>;
