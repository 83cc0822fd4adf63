/** A learning-rate schedule in words. */
import { formatNumber } from './formatNumber.ts';

export interface ScheduleShape {
  readonly kind: 'CONSTANT' | 'STEP' | 'COSINE' | 'WARMUP_COSINE' | 'ONE_CYCLE' | 'PIECEWISE';
  readonly initial: number;
  readonly factor?: number | null;
  readonly steps?: readonly number[] | null;
  /** At `steps`. */
  readonly rates?: readonly number[] | null;
  readonly warmupSteps?: number | null;
  readonly totalSteps?: number | null;
}

/** `constant 0.1`, `0.1, × 0.1 at 400 and 600`, `cosine from 0.1 to 0 over 1,000`. */
export function describeSchedule(schedule: ScheduleShape): string {
  const rate = formatNumber(schedule.initial);
  const steps = (schedule.steps ?? []).map((step) => formatNumber(step));
  switch (schedule.kind) {
    case 'CONSTANT':
      return `constant ${rate}`;
    case 'STEP':
      return steps.length === 0
        ? `constant ${rate}`
        : `${rate}, × ${formatNumber(schedule.factor)} at ${[steps.slice(0, -1).join(', '), ...steps.slice(-1)].filter(Boolean).join(' and ')}`;
    case 'COSINE':
      return `cosine from ${rate} to 0 over ${formatNumber(schedule.totalSteps)}`;
    case 'WARMUP_COSINE':
      return `warm-up to ${rate} over ${formatNumber(schedule.warmupSteps)}, cosine to 0 at ${formatNumber(schedule.totalSteps)}`;
    case 'ONE_CYCLE':
      return `one cycle: ${points(schedule).join(', ')}`;
    case 'PIECEWISE':
      return `linear between ${points(schedule).join(', ')}`;
  }
}

/** `0.1 at 400`. */
function points({ steps, rates }: ScheduleShape): string[] {
  return (steps ?? []).map((step, at) => `${formatNumber(rates?.[at])} at ${formatNumber(step)}`);
}
