/**
 * Sharpness-aware minimisation around SGD (Foret et al., ICLR 2021, algorithm 1): the gradient of an update is that at
 * w + ρ g / ‖g‖, with g the gradient of the same mini-batch at w. Weight decay acts at w, as L2 in the gradient.
 */
import { z } from 'zod';
import type { Optimiser } from './Optimiser.ts';
import type { OptimiserDefinition } from './OptimiserDefinition.ts';
import { positive, requirePositive, share, weightDecay } from './settings.ts';
import { sgd, type SgdOptions } from './sgd.ts';

/** `rho`: ρ, the distance at which the gradient is taken. Default 0.05. */
type Options = SgdOptions & { readonly rho?: number };

function create({ rho = 0.05, ...options }: Options, dimension: number): Optimiser {
  requirePositive('rho', rho);
  return {
    ...sgd.create(options, dimension),
    gradientPoint: (parameters, gradient) => {
      const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
      return norm === 0 ? parameters : parameters.map((w, i) => w + (rho * (gradient[i] as number)) / norm);
    },
  };
}

const config = z.strictObject({
  kind: z.literal('sam'),
  rho: positive.default(0.05),
  momentum: share.default(0.9),
  weightDecay,
});

export const sam = {
  config,
  preconditioner: 'none',
  describe: ({ rho, momentum, weightDecay }: z.output<typeof config>) =>
    `SAM, rho ${rho}, momentum ${momentum}, weight decay ${weightDecay}`,
  create,
} as const satisfies OptimiserDefinition;
