/** A step: what was logged at one optimiser step of a run. */
import { z } from 'zod';
import { finite, int32, optional, uuid } from '../fields/fields.ts';

/** The numbers that a step can carry; `null` = not measured there. */
const measures = {
  epoch: optional(finite()),
  trainLoss: optional(finite()),
  /** 0 to 1. */
  trainAccuracy: optional(finite()),
  testLoss: optional(finite()),
  /** 0 to 1. */
  testAccuracy: optional(finite()),
  learningRate: optional(finite()),
  gradientNorm: optional(finite()),
  /** The largest Ritz value of the Hessian from a few Lanczos steps: at most λ1, and nearly it once they have converged. */
  sharpness: optional(finite()),
  /** The residual ‖H u − θ u‖ of that Ritz value θ: an eigenvalue lies within it. */
  sharpnessError: optional(finite({ min: 0 })),
  /** Both of P^(-1/2) H P^(-1/2), with the P that the optimiser divides its next update by. */
  preconditionedSharpness: optional(finite()),
  preconditionedSharpnessError: optional(finite({ min: 0 })),
  /** gᵀ H g / ‖g‖² along the gradient g of the loss that the Hessian is of. */
  gradientCurvature: optional(finite()),
  /** uᵀ H u / ‖u‖² along the next update u of the parameters. */
  updateCurvature: optional(finite()),
};

export type StepMeasure = keyof typeof measures;

export const stepMeasures = Object.keys(measures) as readonly StepMeasure[];

export const stepFields = {
  /** A UUID made by the client, or none. */
  id: optional(uuid),
  /** Optimiser steps taken so far; 0 is the initial point. */
  number: int32({ min: 0 }),
  ...measures,
};

export const stepSchema = z.strictObject(stepFields);

export type NewStep = Readonly<z.input<typeof stepSchema>>;
export type StepValues = Readonly<Record<StepMeasure, number | null>>;
