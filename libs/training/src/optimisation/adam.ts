/** Adam with bias correction (Kingma & Ba, ICLR 2015, algorithm 1) and L2 weight decay in the gradient, in float64. */
import { TrainingError } from '../error/TrainingError.ts';
import type { Optimiser } from './Optimiser.ts';
import { restoreState } from './optimiserState.ts';
import { requireShare } from './requireShare.ts';

export interface AdamOptions {
  /** Decay of the first moment. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment. Default 1e-8. */
  readonly epsilon?: number;
  /** λ, the coefficient of ½ λ ‖w‖² in the loss. Default 0. */
  readonly weightDecay?: number;
}

export function adam(
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 }: AdamOptions,
  dimension: number,
): Optimiser {
  requireShare('beta1', beta1, 1);
  requireShare('beta2', beta2, 1);
  requireShare('weightDecay', weightDecay);
  if (!(epsilon > 0))
    throw new TrainingError('BAD_OPTION', `epsilon: expected a number greater than 0, got ${epsilon}.`);
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
        const g = (gradient[i] as number) + weightDecay * w;
        const m = beta1 * (first[i] as number) + (1 - beta1) * g;
        const v = beta2 * (second[i] as number) + (1 - beta2) * g * g;
        first[i] = m;
        second[i] = v;
        parameters[i] = w - (rate * m * firstScale) / (Math.sqrt(v * secondScale) + epsilon);
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
