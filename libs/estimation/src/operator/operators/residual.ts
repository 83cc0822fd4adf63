/** R = H − G = (1/N) Σ ∂ℓ_i/∂z ∇²z: the curvature of the network, weighted by the errors. */
import { tangents } from '../../autodiff/jvp.ts';
import { cotangents, gradients } from '../../autodiff/vjp.ts';
import { stopGradient } from '../../ops/stopGradient.ts';
import { faultOfLoss, requireOutputs } from './lossOfOutputs.ts';
import type { OperatorDefinition } from './OperatorDefinition.ts';
import { orZero } from './zeroProducts.ts';

export const residual: OperatorDefinition = {
  /**
   * In one product: forward over reverse as the Hessian, with the gradient in the outputs held fixed on the way back, so that only the
   * curvature of the network remains.
   */
  product: ({ graph, compared, loss }, parameters, seeds) => {
    requireOutputs(loss, compared);
    const held = gradients(graph, loss, [compared]).map((node) => stopGradient(graph, node));
    const back = held.flatMap((node) => cotangents(graph, compared, node, parameters));
    return orZero(graph, tangents(graph, back, seeds), parameters);
  },
  batchFactor: (_, { weight }) => weight,
  addsWeightDecay: false,
  isOfExamples: false,
  isOfMiniBatches: false,
  isCentred: false,
  fault: ({ loss }) => faultOfLoss('residual', loss),
};
