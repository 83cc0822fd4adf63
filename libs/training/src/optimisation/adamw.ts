/** Adam with weight decay apart from the gradient: w ← w − η λ w before each step (Loshchilov & Hutter, ICLR 2019, algorithm 2). */
import { z } from 'zod';
import { adaptiveMoments, momentSettings, type MomentOptions } from './adaptiveMoments.ts';
import type { OptimiserDefinition } from './OptimiserDefinition.ts';

export interface AdamwOptions extends MomentOptions {
  /** λ, the share of the rate by which parameters shrink at each update. Default 0.01. */
  readonly weightDecay?: number;
}

const config = z.strictObject({
  kind: z.literal('adamw'),
  ...momentSettings,
  weightDecay: z.number().min(0).default(0.01),
});

export const adamw = {
  config,
  preconditioner: 'adam',
  describe: ({ weightDecay }: z.output<typeof config>) => `AdamW, weight decay ${weightDecay}`,
  create: ({ weightDecay = 0.01, ...options }: AdamwOptions, dimension: number) =>
    adaptiveMoments({ ...options, weightDecay }, 'apart', dimension),
} as const satisfies OptimiserDefinition;
