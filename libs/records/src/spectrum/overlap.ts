/** A gradient overlap: ‖P_K g‖² / ‖g‖², the share of the gradient in the span of the top K Ritz vectors, 0 to 1. */
import { z } from 'zod';
import { finite, int32, name, uuid, withDefault, word } from '../fields/fields.ts';
import { curvatureOperators, preconditioners } from '../words/namedWords.ts';
import { gradientKinds } from '../words/words.ts';

/** A fraction is a ratio of rounded sums: a gradient wholly inside the span may come out a hair above 1. */
const rounding = 1e-6;

export const overlapSchema = z.strictObject({
  k: int32({ min: 1 }),
  gradient: withDefault(word(gradientKinds), 'full-batch'),
  fraction: finite({ min: 0, max: 1 + rounding }),
});

export type NewOverlap = Readonly<z.input<typeof overlapSchema>>;
export type OverlapValues = Readonly<z.output<typeof overlapSchema>>;

/** Names the spectrum that an overlap belongs to. */
export const overlapPlace = {
  runId: uuid,
  step: int32({ min: 0 }),
  operator: withDefault(word(curvatureOperators), 'hessian'),
  block: withDefault(name, 'all'),
  preconditioner: withDefault(word(preconditioners), 'none'),
};
