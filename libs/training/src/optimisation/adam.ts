/** Adam with bias correction (Kingma & Ba, ICLR 2015, algorithm 1) and L2 weight decay in the gradient, in float64. */
import { z } from 'zod';
import { adaptiveMoments, momentSettings, type MomentOptions } from './adaptiveMoments.ts';
import type { OptimiserDefinition } from './OptimiserDefinition.ts';
import { weightDecay } from './settings.ts';

export interface AdamOptions extends MomentOptions {
  /** λ, the coefficient of ½ λ ‖w‖² in the loss. Default 0. */
  readonly weightDecay?: number;
}

const config = z.strictObject({ kind: z.literal('adam'), ...momentSettings, weightDecay });

export const adam = {
  config,
  preconditioner: 'adam',
  describe: ({ weightDecay }: z.output<typeof config>) => `Adam, weight decay ${weightDecay}`,
  create: (options: AdamOptions, dimension: number) => adaptiveMoments(options, 'in the gradient', dimension),
} as const satisfies OptimiserDefinition;
