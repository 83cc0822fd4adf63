/** The steps that Adam and AdamW share: first and second moments of the gradient, corrected for their start at 0, in float64. */
import { requirePositive, requireShare, positive, share } from './settings.ts';
import type { Optimiser } from './Optimiser.ts';
import { restoreState } from './optimiserState.ts';

export interface MomentOptions {
  /** Decay of the first moment. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment. Default 1e-8. */
  readonly epsilon?: number;
  readonly weightDecay?: number;
}

/** The same in a config. */
export const momentSettings = {
  beta1: share.default(0.9),
  beta2: share.default(0.999),
  epsilon: positive.default(1e-8),
};

/** Where weight decay acts: as L2 in the gradient, or on the parameters before the step. */
type Decay = 'in the gradient' | 'apart';

/** Throws a TrainingError (BAD_OPTION) that names the setting. */
export function adaptiveMoments(
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 }: MomentOptions,
  decay: Decay,
  dimension: number,
): Optimiser {
  requireShare('beta1', beta1, 1);
  requireShare('beta2', beta2, 1);
  requireShare('weightDecay', weightDecay);
  requirePositive('epsilon', epsilon);
  const inGradient = decay === 'in the gradient' ? weightDecay : 0;
  const apart = decay === 'apart' ? weightDecay : 0;
  const first = new Float64Array(dimension);
  const second = new Float64Array(dimension);
  const updates = new Float64Array(1);
  return {
    update: (parameters, gradient, rate) => {
      const t = (updates[0] ?? 0) + 1;
      updates[0] = t;
      const firstScale = 1 / (1 - beta1 ** t);
      const secondScale = 1 / (1 - beta2 ** t);
      for (let i = 0; i < dimension; i++) {
        const w = parameters[i] as number;
        const g = (gradient[i] as number) + inGradient * w;
        const m = beta1 * (first[i] as number) + (1 - beta1) * g;
        const v = beta2 * (second[i] as number) + (1 - beta2) * g * g;
        first[i] = m;
        second[i] = v;
        parameters[i] = w * (1 - rate * apart) - (rate * m * firstScale) / (Math.sqrt(v * secondScale) + epsilon);
      }
    },
    // √v̂ + ε, with the corrected second moment.
    preconditioner: () => {
      const t = updates[0] ?? 0;
      return t === 0 ? null : second.map((v) => Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
    },
    state: () => ({ first: first.slice(), second: second.slice(), updates: updates.slice() }),
    restore: (state) => restoreState({ first, second, updates }, state),
  };
}
