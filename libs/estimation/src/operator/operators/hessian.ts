/** The second derivatives of the loss. */
import { tangents } from '../../autodiff/jvp.ts';
import { gradients } from '../../autodiff/vjp.ts';
import type { OperatorDefinition } from './OperatorDefinition.ts';
import { orZero } from './zeroProducts.ts';

export const hessian: OperatorDefinition = {
  /** Forward over reverse: the derivative of the gradient along the direction (Pearlmutter 1994). */
  product: ({ graph, loss }, parameters, seeds) =>
    orZero(graph, tangents(graph, gradients(graph, loss, parameters), seeds), parameters),
  batchFactor: (_, { weight }) => weight,
  addsWeightDecay: true,
  isOfExamples: false,
  isOfMiniBatches: false,
  isCentred: false,
  fault: () => null,
};
