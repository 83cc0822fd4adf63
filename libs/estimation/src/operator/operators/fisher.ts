/**
 * The empirical Fisher matrix (1/N) Σ g_i g_iᵀ of the gradients g_i of the losses of the examples, which add up to that of L whatever
 * counts in it; of a sum of losses N times that. Positive semidefinite.
 */
import { tangents } from '../../autodiff/jvp.ts';
import { cotangents, gradients } from '../../autodiff/vjp.ts';
import type { Loss } from '../../model/Loss.ts';
import { multiply } from '../../ops/multiply.ts';
import { sum } from '../../ops/sum.ts';
import { tiesExamples } from '../passSize.ts';
import type { OperatorDefinition } from './OperatorDefinition.ts';
import { orZero } from './zeroProducts.ts';

export const fisher: OperatorDefinition = {
  /**
   * Σ g_i (g_i · v) without any g_i: g_i · v is the gradient in the outputs of example i times their tangent, and the gradients in the
   * outputs, each times its g_i · v, are pulled back together.
   */
  product: ({ graph, outputs, loss }, parameters, seeds) => {
    const [forward] = tangents(graph, [outputs], seeds);
    const [slope] = gradients(graph, loss, [outputs]);
    if (!forward || !slope) return orZero(graph, [], parameters);
    const perExample = sum(
      graph,
      multiply(graph, slope, forward),
      outputs.shape.slice(1).map((_, axis) => -axis - 1),
    );
    return cotangents(graph, outputs, multiply(graph, slope, perExample), parameters);
  },
  batchFactor: (loss, { weight, share, examples }) => weight ** 2 * (isSummed(loss) ? 1 : examples / share),
  addsWeightDecay: true,
  isOfExamples: true,
  isOfMiniBatches: false,
  isCentred: false,
  fault: (problem) =>
    tiesExamples(problem)
      ? 'operator: fisher has no meaning here: the examples of a batch depend on each other, so that they have no gradients of ' +
        'their own. Take batchNorm: "running" or the gradient-covariance.'
      : null,
};

function isSummed(loss: Loss): boolean {
  return loss.kind !== 'output' && loss.reduction === 'sum';
}
