/** The step axis shared by all step charts. */
import { linearScale, stepScale, type AxisScale } from './axisScale.ts';

/** `log` includes step 0 and spreads the first steps; `linear` spaces them evenly. */
export type StepAxis = 'log' | 'linear';

/** From step 0 to `lastStep`. */
export function stepAxisScale(axis: StepAxis, lastStep: number): AxisScale {
  return axis === 'log' ? stepScale(lastStep) : linearScale([0, Math.max(1, lastStep)]);
}
