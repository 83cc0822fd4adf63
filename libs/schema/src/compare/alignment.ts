/** What "the same moment" of two trainings means: the position of each measured step on one of four axes. */
import type { Schedule, StepValues } from '@ritz/database';
import type { Curves } from '../request/loaders.ts';

export type Alignment = 'STEP' | 'EPOCH' | 'LOSS' | 'LR_PHASE';

export interface AlignedRun {
  readonly schedule: Schedule;
  readonly plannedSteps: number | null;
  /** Every logged step, with the curves that the alignment needs. */
  readonly history: Curves;
}

/** The curves that positions are found by, beside the numbers of the steps; null where nothing of the history is needed. */
export const CURVES_NEEDED: Readonly<Record<Alignment, readonly (keyof StepValues)[] | null>> = {
  STEP: null,
  EPOCH: ['epoch'],
  LOSS: ['trainLoss'],
  LR_PHASE: [],
};

/** The position of a step of this run; null where it is not known, such as the loss where none was logged. */
export function positionOf(run: AlignedRun, alignment: Alignment): (step: number) => number | null {
  switch (alignment) {
    case 'STEP':
      return (step) => step;
    case 'EPOCH':
      return interpolated(run.history.number, run.history.epoch ?? []);
    case 'LOSS':
      return interpolated(run.history.number, run.history.trainLoss ?? []);
    case 'LR_PHASE':
      return phaseOf(run);
  }
}

/** Linear between the logged values, null before the first and behind the last of them. */
function interpolated(steps: readonly number[], values: readonly (number | null)[]): (step: number) => number | null {
  const known = steps.flatMap((step, at) => {
    const value = values[at];
    return typeof value === 'number' ? [{ step, value }] : [];
  });
  return (step) => {
    let low = 0;
    let high = known.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((known[middle]?.step ?? Infinity) < step) low = middle + 1;
      else high = middle;
    }
    const [before, after] = [known[low - 1], known[low]];
    if (after?.step === step) return after.value;
    if (!before || !after) return null;
    return before.value + ((after.value - before.value) * (step - before.step)) / (after.step - before.step);
  };
}

/**
 * Phases of the learning-rate schedule, counted from 0, with the share of the phase that is over: 1.5 is the middle of the
 * second phase. STEP has a phase before each drop and one after the last; WARMUP_COSINE has the warm-up and the decay; the
 * others have one phase. The last phase ends where the training was planned to end, or with the last logged step.
 */
function phaseOf({ schedule, plannedSteps, history }: AlignedRun): (step: number) => number {
  const end = Math.max(schedule.totalSteps ?? plannedSteps ?? 0, history.number.at(-1) ?? 0);
  const inner =
    schedule.kind === 'STEP'
      ? (schedule.steps ?? [])
      : schedule.kind === 'WARMUP_COSINE'
        ? [schedule.warmupSteps ?? 0]
        : [];
  const ascending = [...new Set(inner)].sort((a, b) => a - b);
  const bounds = [0, ...ascending.filter((bound) => bound > 0 && bound < end), Math.max(end, 1)];
  return (step) => {
    const phase = Math.max(
      0,
      Math.min(
        bounds.findLastIndex((bound) => bound <= step),
        bounds.length - 2,
      ),
    );
    const [from = 0, to = 1] = bounds.slice(phase, phase + 2);
    return phase + Math.min(1, (step - from) / (to - from));
  };
}
