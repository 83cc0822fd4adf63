/** What was logged at one step, how it is sent in, and a whole run's curves as parallel arrays. */

/** The numbers a step can carry; each `null` where it was not measured. */
export interface StepValues {
  readonly epoch: number | null;
  readonly trainLoss: number | null;
  /** 0 to 1. */
  readonly trainAccuracy: number | null;
  readonly testLoss: number | null;
  /** 0 to 1. */
  readonly testAccuracy: number | null;
  readonly learningRate: number | null;
  readonly gradientNorm: number | null;
}

export const stepFields = [
  'epoch',
  'trainLoss',
  'trainAccuracy',
  'testLoss',
  'testAccuracy',
  'learningRate',
  'gradientNorm',
] as const satisfies readonly (keyof StepValues)[];

export interface Step extends StepValues {
  readonly id: string;
  readonly runId: string;
  /** Optimiser steps taken so far; 0 is the initial point. */
  readonly number: number;
}

export type NewStep = { readonly [Field in keyof StepValues]?: number | null | undefined } & {
  /** A UUID made by the client, or none. */
  readonly id?: string | null | undefined;
  readonly number: number;
};

export interface LogSteps {
  readonly runId: string;
  readonly steps: readonly NewStep[];
}

/** Every step of a run in ascending order, as columns of one length: those that were asked for. */
export type History<Field extends keyof StepValues = keyof StepValues> = {
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
