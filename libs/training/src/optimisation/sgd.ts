/**
 * Stochastic gradient descent with momentum and L2 weight decay, in float64: v ← μ v + (g + λ w), w ← w − η v (Sutskever et al.,
 * ICML 2013, with the rate outside of the velocity); with Nesterov's momentum w ← w − η (g + λ w + μ v), as PyTorch has both.
 */
import { z } from 'zod';
import type { Optimiser } from './Optimiser.ts';
import type { OptimiserDefinition } from './OptimiserDefinition.ts';
import { restoreState } from './optimiserState.ts';
import { requireShare, share, weightDecay } from './settings.ts';

export interface SgdOptions {
  /** μ, from 0 to below 1. */
  readonly momentum: number;
  /** λ, the coefficient of ½ λ ‖w‖² in the loss. Default 0. */
  readonly weightDecay?: number;
  /** Nesterov's momentum instead of heavy-ball momentum. Default false. */
  readonly nesterov?: boolean | undefined;
}

function create({ momentum, weightDecay = 0, nesterov = false }: SgdOptions, dimension: number): Optimiser {
  requireShare('momentum', momentum, 1);
  requireShare('weightDecay', weightDecay);
  const velocity = new Float64Array(dimension);
  return {
    update: (parameters, gradient, rate) => {
      for (let i = 0; i < dimension; i++) {
        const w = parameters[i] as number;
        const g = (gradient[i] as number) + weightDecay * w;
        const v = momentum * (velocity[i] as number) + g;
        velocity[i] = v;
        parameters[i] = w - rate * (nesterov ? g + momentum * v : v);
      }
    },
    preconditioner: () => null,
    state: () => ({ velocity: velocity.slice() }),
    restore: (state) => restoreState({ velocity }, state),
  };
}

const config = z.strictObject({
  kind: z.literal('sgd'),
  momentum: share.default(0.9),
  weightDecay,
  /** Without a default, so that a config from before it was known is still the same run. */
  nesterov: z.boolean().optional(),
});

export const sgd = {
  config,
  preconditioner: 'none',
  describe: ({ momentum, nesterov = false, weightDecay }: z.output<typeof config>) =>
    `SGD, ${nesterov ? 'Nesterov ' : ''}momentum ${momentum}, weight decay ${weightDecay}`,
  create,
} as const satisfies OptimiserDefinition;
