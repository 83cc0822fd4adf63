/** A learning-rate schedule as data, so that it can be compared and drawn. */
import { z } from 'zod';
import { finite, int32, list, optional, word } from '../fields/fields.ts';
import { scheduleKinds } from '../words/words.ts';

const maxSteps = 10_000;

/** `null` = the kind does not use it. */
export const scheduleSchema = z.strictObject({
  kind: word(scheduleKinds),
  /** The rate at the start; of warm-up schedules, at the end of the warm-up. */
  initial: finite({ min: 0 }),
  /** What the rate is multiplied by at each of `steps`. */
  factor: optional(finite({ min: 0 })),
  steps: optional(list(int32({ min: 0 }), { max: maxSteps })),
  /** The rates at `steps`. Absent rather than null, so that schedules stored before it was known are still equal to the same ones. */
  rates: list(finite({ min: 0 }), { max: maxSteps })
    .nullish()
    .transform((rates) => rates ?? undefined),
  totalSteps: optional(int32({ min: 0 })),
  warmupSteps: optional(int32({ min: 0 })),
});

/** As clients send it. */
export type NewSchedule = Readonly<z.input<typeof scheduleSchema>>;
/** As it is stored. */
export type Schedule = Readonly<z.output<typeof scheduleSchema>>;
