/**
 * Stochastic gradient descent with (heavy-ball) momentum and L2 weight decay, in float64:
 * v ← μ v + (g + λ w), w ← w − η v (Sutskever et al., ICML 2013, with the rate outside of the velocity).
 */
import type { Optimiser } from './Optimiser.ts';
import { restoreState } from './optimiserState.ts';
import { requireShare } from './requireShare.ts';

export interface SgdOptions {
  /** μ, from 0 to below 1. */
  readonly momentum: number;
  /** λ, the coefficient of ½ λ ‖w‖² in the loss. Default 0. */
  readonly weightDecay?: number;
}

export function sgd({ momentum, weightDecay = 0 }: SgdOptions, dimension: number): Optimiser {
  requireShare('momentum', momentum, 1);
  requireShare('weightDecay', weightDecay);
  const velocity = new Float64Array(dimension);
  return {
    update: (parameters, gradient, rate) => {
      for (let i = 0; i < dimension; i++) {
        const w = parameters[i] as number;
        const v = momentum * (velocity[i] as number) + (gradient[i] as number) + weightDecay * w;
        velocity[i] = v;
        parameters[i] = w - rate * v;
      }
    },
    preconditioner: () => null,
    state: () => ({ velocity: velocity.slice() }),
    restore: (state) => restoreState({ velocity }, state),
  };
}
