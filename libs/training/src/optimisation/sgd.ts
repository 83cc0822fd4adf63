/** Stochastic gradient descent with (heavy-ball) momentum: v ← μ v + g, w ← w − η v, in float64. */
import { TrainingError } from '../error/TrainingError.ts';

export interface SgdOptions {
  /** μ, from 0 to below 1. */
  readonly momentum: number;
}

export interface Sgd {
  /** Updates the parameters in place. */
  update(parameters: Float64Array, gradient: Float64Array, rate: number): void;
}

export function sgd({ momentum }: SgdOptions): Sgd {
  if (!(momentum >= 0 && momentum < 1)) {
    throw new TrainingError('BAD_OPTION', `momentum: expected a number from 0 to below 1, got ${momentum}.`);
  }
  let velocity: Float64Array | undefined;
  return {
    update: (parameters, gradient, rate) => {
      velocity ??= new Float64Array(parameters.length);
      for (let i = 0; i < parameters.length; i++) {
        const v = momentum * (velocity[i] as number) + (gradient[i] as number);
        velocity[i] = v;
        parameters[i] = (parameters[i] as number) - rate * v;
      }
    },
  };
}
