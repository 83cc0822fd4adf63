/** Learning-rate schedules as data, so that they can be stored, compared and drawn. */
import { TrainingError } from '../error/TrainingError.ts';

export type Schedule =
  | { readonly kind: 'constant'; readonly rate: number }
  /** `initial`, multiplied by `factor` at each of `steps`: the update after step s uses the dropped rate. */
  | { readonly kind: 'step'; readonly initial: number; readonly factor: number; readonly steps: readonly number[] };

/** Throws a TrainingError (BAD_OPTION) that names what is wrong with a schedule. */
export function checkSchedule(schedule: Schedule): void {
  const positive = (name: string, value: number): void => {
    if (!(value > 0) || !Number.isFinite(value)) {
      throw new TrainingError('BAD_OPTION', `schedule.${name}: expected a number greater than 0, got ${value}.`);
    }
  };
  if (schedule.kind === 'constant') return positive('rate', schedule.rate);
  positive('initial', schedule.initial);
  positive('factor', schedule.factor);
  schedule.steps.forEach((step, i) => {
    if (!Number.isInteger(step) || step < 1 || step <= (schedule.steps[i - 1] ?? 0)) {
      throw new TrainingError(
        'BAD_OPTION',
        `schedule.steps: expected ascending whole numbers, got [${schedule.steps.join(', ')}].`,
      );
    }
  });
}

/** The learning rate of the update that leads from `step` to `step + 1`. */
export function learningRate(schedule: Schedule, step: number): number {
  if (schedule.kind === 'constant') return schedule.rate;
  const drops = schedule.steps.filter((at) => step >= at).length;
  return schedule.initial * schedule.factor ** drops;
}
