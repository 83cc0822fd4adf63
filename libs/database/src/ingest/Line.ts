/**
 * One line of the interchange format: a JSON object `{"v":1,"kind":…}` per line of a file or of an HTTP body. Every kind
 * carries an id made by the client, so that a line may be sent any number of times.
 */
import { z } from 'zod';
import { instant, uuid } from '../input/fields.ts';
import { overlapPlace, overlapSchema } from '../overlaps/overlapSchema.ts';
import { runPayload } from '../runs/runSchema.ts';
import { checkMeasured, spectrumPayload } from '../spectra/spectrumSchema.ts';
import { stepPayload } from '../steps/stepSchema.ts';

const version = z.literal(1);

/** `createdAt`, `editedAt`, `archived`: of a copy, from where the run was made first; ignored when the run exists. */
const runLine = z.strictObject({
  v: version,
  kind: z.literal('run'),
  ...runPayload,
  createdAt: instant.optional(),
  editedAt: instant.nullable().optional(),
  archived: z.boolean().optional(),
});

const stepLine = z.strictObject({ v: version, kind: z.literal('step'), runId: uuid, ...stepPayload });

const spectrumLine = z
  .strictObject({ v: version, kind: z.literal('spectrum'), ...spectrumPayload, createdAt: instant.optional() })
  .check(checkMeasured);

/** A gradient overlap that was measured after its spectrum was sent. */
const overlapLine = z.strictObject({
  v: version,
  kind: z.literal('overlap'),
  ...overlapPlace,
  ...overlapSchema.shape,
});

/** The end of a run. */
const finishLine = z.strictObject({
  v: version,
  kind: z.literal('finish'),
  runId: uuid,
  status: z.enum(['FINISHED', 'FAILED', 'INTERRUPTED']),
  finishedAt: instant.optional(),
});

export const lineSchema = z.discriminatedUnion('kind', [runLine, stepLine, spectrumLine, overlapLine, finishLine]);

/** A line that was checked, with its defaults filled in. */
export type Line = z.output<typeof lineSchema>;
export type LineKind = Line['kind'];
export type LineOf<Kind extends LineKind> = Extract<Line, { kind: Kind }>;
