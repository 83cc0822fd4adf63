/** Computes the time of a step from clock readings before every step. */
import { median } from '../report.ts';

export interface TrainMeasurement {
  /** One step, by the clock (median) and of processor time (mean). */
  readonly seconds: number;
  readonly processor: number;
  readonly peakBytes: number;
}

/** The first steps, which allocate memory and compile code. */
const warmUp = 2;

export function stepTimes(
  clock: readonly number[],
  processor: readonly number[],
): Pick<TrainMeasurement, 'seconds' | 'processor'> {
  const steps = clock.slice(warmUp).flatMap((at, i, all) => (i > 0 ? [at - (all[i - 1] ?? Number.NaN)] : []));
  const spent = (processor.at(-1) ?? Number.NaN) - (processor[warmUp] ?? Number.NaN);
  return { seconds: median(steps), processor: spent / steps.length };
}
