/** Estimates the time left of a running run. */

/** Step of a run at a time. */
export interface Mark {
  /** In milliseconds. */
  readonly at: number;
  readonly step: number;
}

/** Minimum time span for estimating the pace, in milliseconds. */
const longEnough = 5000;

/**
 * Milliseconds until `plannedSteps` at the pace since the first mark; null if the pace is unknown.
 * @param marks in ascending time; the first is the start of the run or its first observation
 */
export function timeLeft(marks: readonly Mark[], plannedSteps: number | null, now: number): number | null {
  const first = marks[0];
  const last = marks.at(-1);
  if (!first || !last || plannedSteps === null || last.step >= plannedSteps) return null;
  const time = last.at - first.at;
  const steps = last.step - first.step;
  if (time < longEnough || steps <= 0) return null;
  const ends = last.at + (time / steps) * (plannedSteps - last.step);
  return Math.max(0, ends - now);
}

/** "2 h 5 min", "3 min", "40 s". */
export function describeTime(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(minutes % 60)} min`;
  return `${String(Math.round(hours / 24))} days`;
}
