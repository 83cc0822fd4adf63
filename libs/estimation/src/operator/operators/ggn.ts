/**
 * The generalised Gauss–Newton matrix G = Jᵀ H_L J, with J the derivative of the outputs and H_L the Hessian of the loss in the
 * outputs (Schraudolph, Neural Computation 14, 2002); positive semidefinite for every loss here.
 */
import { tangents } from '../../autodiff/jvp.ts';
import { cotangents, gradients } from '../../autodiff/vjp.ts';
import { faultOfLoss, requireOutputs } from './lossOfOutputs.ts';
import type { OperatorDefinition } from './OperatorDefinition.ts';
import { orZero } from './zeroProducts.ts';

export const ggn: OperatorDefinition = {
  /** Forward through the network, H_L in the middle, backward through the network. */
  product: ({ graph, compared, loss }, parameters, seeds) => {
    requireOutputs(loss, compared);
    const [forward] = tangents(graph, [compared], seeds);
    const [curved] = forward ? tangents(graph, gradients(graph, loss, [compared]), new Map([[compared, forward]])) : [];
    return orZero(graph, curved ? cotangents(graph, compared, curved, parameters) : [], parameters);
  },
  batchFactor: (_, { weight }) => weight,
  addsWeightDecay: true,
  isOfExamples: false,
  isOfMiniBatches: false,
  isCentred: false,
  fault: ({ loss }) => faultOfLoss('ggn', loss),
};
