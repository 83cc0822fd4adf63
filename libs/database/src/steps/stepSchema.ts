/** What a client says about one step, as a schema. */
import { z } from 'zod';
import { finite, int32, optional, uuid } from '../input/fields.ts';

export const stepPayload = {
  id: optional(uuid),
  number: int32({ min: 0 }),
  epoch: optional(finite()),
  trainLoss: optional(finite()),
  trainAccuracy: optional(finite()),
  testLoss: optional(finite()),
  testAccuracy: optional(finite()),
  learningRate: optional(finite()),
  gradientNorm: optional(finite()),
};

export const stepSchema = z.strictObject(stepPayload);
