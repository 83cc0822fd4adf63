/** Learning-rate schedules as data, so that they can be stored, compared and drawn. */
import { scheduleKinds } from '@ritz/records';
import { unknownChoice } from '@ritz/spectra';
import { TrainingError } from '../error/TrainingError.ts';

export type Schedule =
  | { readonly kind: 'constant'; readonly rate: number }
  /** `initial`, multiplied by `factor` at each of `steps`: the update after step s uses the dropped rate. */
  | { readonly kind: 'step'; readonly initial: number; readonly factor: number; readonly steps: readonly number[] }
  /** Half a cosine from `initial` down to 0 at `totalSteps` (Loshchilov & Hutter, ICLR 2017, eq. 5, without restarts). */
  | { readonly kind: 'cosine'; readonly initial: number; readonly totalSteps: number }
  /** Linear from 0 up to `initial` at `warmupSteps` (Goyal et al., arXiv 1706.02677, §2.2), then half a cosine down to 0. */
  | {
      readonly kind: 'warmup-cosine';
      readonly initial: number;
      readonly warmupSteps: number;
      readonly totalSteps: number;
    }
  /**
   * One cycle (Smith & Topin, arXiv 1708.07120): half a cosine from `initial` up to `highest` at `warmupSteps`, then half a cosine down
   * to `final` at `totalSteps`.
   */
  | {
      readonly kind: 'one-cycle';
      readonly highest: number;
      readonly initial: number;
      readonly final: number;
      readonly warmupSteps: number;
      readonly totalSteps: number;
    }
  /** Linear from each of `rates` to the next, which are those of the updates after `steps`; the last one stays. */
  | { readonly kind: 'piecewise'; readonly steps: readonly number[]; readonly rates: readonly number[] };

function refuse(field: string, expected: string, got: number | string): never {
  throw new TrainingError('BAD_OPTION', `schedule.${field}: expected ${expected}, got ${got}.`);
}

function requirePositive(field: string, value: number): void {
  if (!(value > 0) || !Number.isFinite(value)) refuse(field, 'a number greater than 0', value);
}

function requireStep(field: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) refuse(field, `an integer of at least ${least}`, value);
}

/** Throws a TrainingError (BAD_OPTION) that names what is wrong with a schedule. */
export function checkSchedule(schedule: Schedule): void {
  switch (schedule.kind) {
    case 'constant':
      return requirePositive('rate', schedule.rate);
    case 'step': {
      requirePositive('initial', schedule.initial);
      requirePositive('factor', schedule.factor);
      const { steps } = schedule;
      const ascending = steps.every((step, i) => Number.isInteger(step) && step > (steps[i - 1] ?? 0));
      if (!ascending) refuse('steps', 'ascending integers', `[${steps.join(', ')}]`);
      return;
    }
    case 'cosine':
      requirePositive('initial', schedule.initial);
      return requireStep('totalSteps', schedule.totalSteps, 1);
    case 'warmup-cosine':
      requirePositive('initial', schedule.initial);
      requireStep('warmupSteps', schedule.warmupSteps, 1);
      return requireStep('totalSteps', schedule.totalSteps, schedule.warmupSteps + 1);
    case 'one-cycle':
      for (const rate of ['highest', 'initial', 'final'] as const) requirePositive(rate, schedule[rate]);
      requireStep('warmupSteps', schedule.warmupSteps, 1);
      return requireStep('totalSteps', schedule.totalSteps, schedule.warmupSteps + 1);
    case 'piecewise': {
      const { steps, rates } = schedule;
      const ascending =
        steps[0] === 0 && steps.every((step, i) => Number.isInteger(step) && step > (steps[i - 1] ?? -1));
      if (!ascending) refuse('steps', 'ascending integers from 0 on', `[${steps.join(', ')}]`);
      if (rates.length !== steps.length) refuse('rates', `${steps.length} numbers, one for each step`, rates.length);
      for (const rate of rates) requirePositive('rates', rate);
      return;
    }
    default:
      throw unknownSchedule(schedule);
  }
}

function unknownSchedule(schedule: never): TrainingError {
  const { kind } = schedule as { readonly kind: unknown };
  return new TrainingError('BAD_OPTION', unknownChoice('schedule.kind', scheduleKinds, kind));
}

/** The learning rate of the update that leads from `step` to `step + 1`. */
export function learningRate(schedule: Schedule, step: number): number {
  switch (schedule.kind) {
    case 'constant':
      return schedule.rate;
    case 'step':
      return schedule.initial * schedule.factor ** schedule.steps.filter((at) => step >= at).length;
    case 'cosine':
      return schedule.initial * halfCosine(step / schedule.totalSteps);
    case 'warmup-cosine': {
      const { initial, warmupSteps, totalSteps } = schedule;
      if (step < warmupSteps) return (initial * (step + 1)) / warmupSteps;
      return initial * halfCosine((step - warmupSteps) / (totalSteps - warmupSteps));
    }
    case 'one-cycle': {
      const { highest, initial, final, warmupSteps, totalSteps } = schedule;
      if (step < warmupSteps) return highest + (initial - highest) * halfCosine(step / warmupSteps);
      return final + (highest - final) * halfCosine((step - warmupSteps) / (totalSteps - warmupSteps));
    }
    case 'piecewise': {
      const { steps, rates } = schedule;
      const next = steps.findIndex((at) => at > step);
      const [from, to] = [steps[next - 1] ?? 0, steps[next] ?? Infinity];
      const [before = Number.NaN, after = Number.NaN] = next === -1 ? rates.slice(-1) : rates.slice(next - 1, next + 1);
      return next === -1 ? before : before + ((after - before) * (step - from)) / (to - from);
    }
  }
}

/** 1 at 0, 0 from 1 on. */
function halfCosine(share: number): number {
  return share >= 1 ? 0 : (1 + Math.cos(Math.PI * share)) / 2;
}
