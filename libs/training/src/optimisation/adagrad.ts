/** Adagrad (Duchi et al., JMLR 12, 2011), diagonal, in float64: s ← s + g², w ← w − η g / (√s + ε), with L2 weight decay in g. */
import { z } from 'zod';
import type { Optimiser } from './Optimiser.ts';
import type { OptimiserDefinition } from './OptimiserDefinition.ts';
import { restoreState } from './optimiserState.ts';
import { positive, requirePositive, requireShare, weightDecay } from './settings.ts';

const config = z.strictObject({
  kind: z.literal('adagrad'),
  /** ε, added to the root of the sum of the squared gradients. */
  epsilon: positive.default(1e-10),
  weightDecay,
});

/** What is left out has the default of a config. */
type Options = Partial<Omit<z.output<typeof config>, 'kind'>>;

function create({ epsilon = 1e-10, weightDecay = 0 }: Options, dimension: number): Optimiser {
  requireShare('weightDecay', weightDecay);
  requirePositive('epsilon', epsilon);
  const squares = new Float64Array(dimension);
  const updates = new Float64Array(1);
  return {
    update: (parameters, gradient, rate) => {
      updates[0] = (updates[0] ?? 0) + 1;
      for (let i = 0; i < dimension; i++) {
        const w = parameters[i] as number;
        const g = (gradient[i] as number) + weightDecay * w;
        const s = (squares[i] as number) + g * g;
        squares[i] = s;
        parameters[i] = w - (rate * g) / (Math.sqrt(s) + epsilon);
      }
    },
    // √s + ε.
    preconditioner: () => (updates[0] === 0 ? null : squares.map((s) => Math.sqrt(s) + epsilon)),
    state: () => ({ squares: squares.slice(), updates: updates.slice() }),
    restore: (state) => restoreState({ squares, updates }, state),
  };
}

export const adagrad = {
  config,
  preconditioner: 'adagrad',
  describe: ({ weightDecay }: z.output<typeof config>) => `Adagrad, weight decay ${weightDecay}`,
  create,
} as const satisfies OptimiserDefinition;
