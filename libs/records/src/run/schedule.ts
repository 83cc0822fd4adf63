/** A learning-rate schedule as data, so that it can be compared and drawn. */
import { z } from 'zod';
import { finite, int32, list, optional, word } from '../fields/fields.ts';
import { scheduleKinds, type ScheduleKind } from '../words/words.ts';

const maxSteps = 10_000;

/** Whether a kind is given by its rates at its steps. */
const hasRates: Readonly<Record<ScheduleKind, boolean>> = {
  constant: false,
  step: false,
  cosine: false,
  'warmup-cosine': false,
  'one-cycle': true,
  piecewise: true,
};

/** `null` = the kind does not use it. */
const scheduleFields = z.strictObject({
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

export const scheduleSchema = scheduleFields.check(({ value, issues }) => {
  const message = ratesFault(value);
  if (message !== null) issues.push({ code: 'custom', input: value.rates, path: ['rates'], message, continue: false });
});

function ratesFault({ kind, steps, rates }: z.output<typeof scheduleFields>): string | null {
  if (!hasRates[kind]) return rates ? `expected no rates of a ${kind} schedule, got ${rates.length}` : null;
  const [expected, got] = [steps?.length ?? 0, rates?.length ?? 0];
  return got === expected && got > 0 ? null : `expected a rate for each of the ${expected} steps, got ${got}`;
}

/** As clients send it. */
export type NewSchedule = Readonly<z.input<typeof scheduleSchema>>;
/** As it is stored. */
export type Schedule = Readonly<z.output<typeof scheduleSchema>>;
