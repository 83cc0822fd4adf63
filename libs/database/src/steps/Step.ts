/** What was logged at one step, how it is sent in, and a whole run's curves as parallel arrays. */
import type { NewStep, StepMeasure } from '@ritz/records';
import type { step } from '../schema/step.ts';

export type Step = Readonly<typeof step.$inferSelect>;

export interface LogSteps {
  readonly runId: string;
  readonly steps: readonly NewStep[];
}

/** Every step of a run in ascending order, as columns of one length: those that were asked for. */
export type History<Field extends StepMeasure = StepMeasure> = {
  readonly number: readonly number[];
} & Readonly<Record<Field, readonly (number | null)[]>>;

/** Names one step without its id. */
export interface StepKey {
  readonly runId: string;
  readonly number: number;
}

export interface StepListOptions {
  /** Length of the page, 1 to 1000. Default 50. */
  readonly first?: number | null | undefined;
  /** The cursor of the last step of the page before. */
  readonly after?: string | null | undefined;
}
