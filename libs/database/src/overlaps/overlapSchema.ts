/** One gradient overlap, as a schema. */
import { z } from 'zod';
import { finite, int32, name, uuid, withDefault } from '../input/fields.ts';
import { gradientKind } from '../schema/overlap.ts';
import { curvatureOperator } from '../schema/spectrum.ts';

/** A fraction is a ratio of rounded sums, so that a gradient wholly inside the span may come out a hair above 1. */
const rounding = 1e-6;

export const overlapSchema = z.strictObject({
  k: int32({ min: 1 }),
  gradient: withDefault(z.enum(gradientKind.enumValues), 'FULL_BATCH'),
  fraction: finite({ min: 0, max: 1 + rounding }),
});

/** Names the spectrum that an overlap belongs to. */
export const overlapPlace = {
  runId: uuid,
  step: int32({ min: 0 }),
  operator: withDefault(z.enum(curvatureOperator.enumValues), 'HESSIAN'),
  block: withDefault(name, 'all'),
};
