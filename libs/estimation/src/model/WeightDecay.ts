/** L2 weight decay λ/2 ‖w‖² as a term of the loss. */
import { EstimationError } from '../error/EstimationError.ts';
import { selectParameters, type ParameterSelection } from './parameterSelection.ts';
import { sizeOf } from '../graph/Node.ts';
import { parameterCount, type Model } from './Model.ts';

/** The term of an optimiser's `weight_decay` λ: its gradient is λ w, its Hessian λ on the diagonal. */
export interface WeightDecay {
  /** λ ≥ 0 */
  readonly coefficient: number;
  /** Which parameters decay. Default: all. Often biases and the scales of norms do not. */
  readonly parameters?: ParameterSelection;
}

/**
 * λ at every entry of the parameter vector, [n]. Throws an EstimationError (BAD_OPTION) for a coefficient below 0 or a name that
 * is not a parameter's.
 */
export function decayOf(model: Model, { coefficient, parameters }: WeightDecay): Float64Array {
  if (!(coefficient >= 0) || !Number.isFinite(coefficient)) {
    throw new EstimationError(
      'BAD_OPTION',
      `weightDecay.coefficient: expected a number of at least 0, got ${coefficient}.`,
    );
  }
  const chosen = new Set(selectParameters(model, parameters, 'weightDecay.parameters'));
  const decay = new Float64Array(parameterCount(model));
  let offset = 0;
  for (const parameter of model.parameters) {
    const end = offset + sizeOf(parameter.shape);
    if (chosen.has(parameter)) decay.fill(coefficient, offset, end);
    offset = end;
  }
  return decay;
}
