/** Where a learning-rate schedule drops, and from what to what. */
import type { ChartSeries } from './ChartSeries.ts';
import { formatNumber } from './formatNumber.ts';
import type { ScheduleShape } from './schedule.ts';

export interface RateDrop {
  readonly step: number;
  readonly before: number;
  readonly after: number;
}

/** Of a step schedule, up to `lastStep`; none of a schedule that changes at every step. */
export function rateDrops({ kind, initial, factor, steps }: ScheduleShape, lastStep: number): RateDrop[] {
  if (kind !== 'STEP' || factor == null) return [];
  return [...(steps ?? [])]
    .sort((a, b) => a - b)
    .map((step, index) => ({ step, before: initial * factor ** index, after: initial * factor ** (index + 1) }))
    .filter(({ step }) => step <= lastStep);
}

/** `η 0.1 → 0.01`. */
export function describeDrop({ before, after }: RateDrop): string {
  return `η ${formatNumber(before, 3)} → ${formatNumber(after, 3)}`;
}

export interface Jump {
  readonly before: { readonly step: number; readonly value: number };
  readonly after: { readonly step: number; readonly value: number };
  /** After minus before. */
  readonly difference: number;
  /** Sum of the bounds of both values; null if one is unknown. */
  readonly error: number | null;
}

/** The last value measured up to a step, and the first after it; null unless both sides were measured. */
export function jumpAt({ x, y, lower, upper }: ChartSeries, step: number): Jump | null {
  const measured = [...x.keys()].filter((index) => typeof y[index] === 'number');
  const before = measured.findLast((index) => (x[index] ?? 0) <= step);
  const after = measured.find((index) => (x[index] ?? 0) > step);
  if (before === undefined || after === undefined) return null;
  const at = (index: number) => ({ step: x[index] ?? 0, value: y[index] ?? 0 });
  const bound = (index: number): number | null => {
    const [low, high] = [lower?.[index] ?? null, upper?.[index] ?? null];
    return low === null || high === null ? null : (high - low) / 2;
  };
  const [first, second] = [bound(before), bound(after)];
  return {
    before: at(before),
    after: at(after),
    difference: at(after).value - at(before).value,
    error: first === null || second === null ? null : first + second,
  };
}
