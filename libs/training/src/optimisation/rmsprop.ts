/**
 * RMSprop (Hinton, lecture 6e of "Neural networks for machine learning", 2012) as PyTorch has it, in float64: s ← α s + (1 − α) g²,
 * v ← μ v + g / (√s + ε), w ← w − η v, with L2 weight decay in g.
 */
import { z } from 'zod';
import type { Optimiser } from './Optimiser.ts';
import type { OptimiserDefinition } from './OptimiserDefinition.ts';
import { restoreState } from './optimiserState.ts';
import { positive, requirePositive, requireShare, share, weightDecay } from './settings.ts';

const config = z.strictObject({
  kind: z.literal('rmsprop'),
  /** α, the decay of the squared gradients. */
  alpha: share.default(0.99),
  /** ε, added to their root. */
  epsilon: positive.default(1e-8),
  /** μ */
  momentum: share.default(0),
  weightDecay,
});

/** What is left out has the default of a config. */
type Options = Partial<Omit<z.output<typeof config>, 'kind'>>;

function create(
  { alpha = 0.99, epsilon = 1e-8, momentum = 0, weightDecay = 0 }: Options,
  dimension: number,
): Optimiser {
  requireShare('alpha', alpha, 1);
  requireShare('momentum', momentum, 1);
  requireShare('weightDecay', weightDecay);
  requirePositive('epsilon', epsilon);
  const squares = new Float64Array(dimension);
  const velocity = new Float64Array(dimension);
  const updates = new Float64Array(1);
  return {
    update: (parameters, gradient, rate) => {
      updates[0] = (updates[0] ?? 0) + 1;
      for (let i = 0; i < dimension; i++) {
        const w = parameters[i] as number;
        const g = (gradient[i] as number) + weightDecay * w;
        const s = alpha * (squares[i] as number) + (1 - alpha) * g * g;
        const v = momentum * (velocity[i] as number) + g / (Math.sqrt(s) + epsilon);
        squares[i] = s;
        velocity[i] = v;
        parameters[i] = w - rate * v;
      }
    },
    // √s + ε.
    preconditioner: () => (updates[0] === 0 ? null : squares.map((s) => Math.sqrt(s) + epsilon)),
    state: () => ({ squares: squares.slice(), velocity: velocity.slice(), updates: updates.slice() }),
    restore: (state) => restoreState({ squares, velocity, updates }, state),
  };
}

export const rmsprop = {
  config,
  preconditioner: 'rmsprop',
  describe: ({ alpha, momentum, weightDecay }: z.output<typeof config>) =>
    `RMSprop, alpha ${alpha}, momentum ${momentum}, weight decay ${weightDecay}`,
  create,
} as const satisfies OptimiserDefinition;
