/** Aligns trainings: the position of each measured step on one of several axes. */

/**
 * `STEP`: optimiser steps. `PROGRESS`: share of the planned training. `EPOCH`: passes over the data. `LOSS`: training loss.
 * `LR_PHASE`: phases of the learning-rate schedule and the share of the phase.
 */
export type Alignment = 'STEP' | 'PROGRESS' | 'EPOCH' | 'LOSS' | 'LR_PHASE';

/** Whether positions fall during training. */
export const falls: Readonly<Record<Alignment, boolean>> = {
  STEP: false,
  PROGRESS: false,
  EPOCH: false,
  LOSS: true,
  LR_PHASE: false,
};

export interface AlignedRun {
  readonly schedule: {
    readonly kind: 'CONSTANT' | 'STEP' | 'COSINE' | 'WARMUP_COSINE' | 'ONE_CYCLE' | 'PIECEWISE';
    /** STEP: where the rate drops. PIECEWISE: between which it is linear, from 0 on. */
    readonly steps?: readonly number[] | null;
    readonly warmupSteps?: number | null;
    readonly totalSteps?: number | null;
  };
  readonly plannedSteps: number | null;
  /** Every logged step, ascending, and those curves that the alignment needs; null = not logged there. */
  readonly history: {
    readonly number: readonly number[];
    readonly epoch?: readonly (number | null)[];
    readonly trainLoss?: readonly (number | null)[];
  };
}

/** The curves that positions are found by, beside the numbers of the steps; null where nothing of the history is needed. */
export const curvesNeeded: Readonly<Record<Alignment, readonly ('epoch' | 'trainLoss')[] | null>> = {
  STEP: null,
  PROGRESS: [],
  EPOCH: ['epoch'],
  LOSS: ['trainLoss'],
  LR_PHASE: [],
};

/** The position of a step of this run; null where it is unknown, such as an unlogged loss. */
export function positionOf(run: AlignedRun, alignment: Alignment): (step: number) => number | null {
  switch (alignment) {
    case 'STEP':
      return (step) => step;
    case 'PROGRESS':
      return progressOf(run);
    case 'EPOCH':
      return interpolated(run.history.number, run.history.epoch ?? []);
    case 'LOSS':
      return interpolated(run.history.number, run.history.trainLoss ?? []);
    case 'LR_PHASE':
      return phaseOf(run);
  }
}

/** The position nearest to `wanted`, the earlier of two at the same distance; null if none is within `tolerance`. */
export function nearestPosition<Item extends { readonly position: number }>(
  items: readonly Item[],
  wanted: number,
  tolerance = Infinity,
): Item | null {
  return items.reduce<Item | null>((best, item) => {
    const distance = Math.abs(item.position - wanted);
    return distance <= tolerance && (best === null || distance < Math.abs(best.position - wanted)) ? item : best;
  }, null);
}

/**
 * The farthest position that every run with spectra has reached; for the loss, the lowest. Each track holds the measured spectra
 * of one run. Null without any spectrum.
 */
export function lastCommonPosition(
  tracks: readonly (readonly { readonly position: number }[])[],
  alignment: Alignment,
): number | null {
  const ends = tracks
    .filter((track) => track.length > 0)
    .map((track) => track.map(({ position }) => position))
    .map((positions) => (falls[alignment] ? Math.min(...positions) : Math.max(...positions)));
  if (ends.length === 0) return null;
  return falls[alignment] ? Math.max(...ends) : Math.min(...ends);
}

/** The last step that the training was planned to have, or had. */
function endOf({ schedule, plannedSteps, history }: AlignedRun): number {
  return Math.max(schedule.totalSteps ?? plannedSteps ?? 0, history.number.at(-1) ?? 0);
}

/** Step over last step, 0 to 1. */
function progressOf(run: AlignedRun): (step: number) => number {
  const end = Math.max(1, endOf(run));
  return (step) => Math.min(1, step / end);
}

/** Linear between the logged values, null before the first and after the last of them. */
export function interpolated(
  steps: readonly number[],
  values: readonly (number | null)[],
): (step: number) => number | null {
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

/** The steps at which a phase of the schedule ends and another begins. */
function phaseBounds({ kind, steps, warmupSteps }: AlignedRun['schedule']): readonly number[] {
  switch (kind) {
    case 'STEP':
      return steps ?? [];
    case 'WARMUP_COSINE':
    case 'ONE_CYCLE':
      return [warmupSteps ?? 0];
    case 'PIECEWISE':
      return steps?.slice(1, -1) ?? [];
    case 'CONSTANT':
    case 'COSINE':
      return [];
    default:
      throw new Error(`Unknown schedule: ${String(kind satisfies never)}`);
  }
}

/**
 * Phases of the learning-rate schedule, counted from 0, with the share of the phase that is over: 1.5 is the middle of the
 * second phase. STEP has a phase before each drop and one after the last; WARMUP_COSINE and ONE_CYCLE have the warm-up and the
 * decay; PIECEWISE has one between each two of its steps; the others have one phase. The last phase ends where the training was planned to end, or with the last logged step.
 */
function phaseOf(run: AlignedRun): (step: number) => number {
  const { schedule } = run;
  const end = endOf(run);
  const ascending = [...new Set(phaseBounds(schedule))].sort((a, b) => a - b);
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
