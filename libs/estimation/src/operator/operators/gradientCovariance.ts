/**
 * Σ p_b (g_b − g)(g_b − g)ᵀ of the gradients g_b of the mini-batches, `microBatch` examples each and a share p_b of all, around their
 * mean g. Positive semidefinite.
 */
import { gradients } from '../../autodiff/vjp.ts';
import { add } from '../../ops/add.ts';
import { broadcastTo } from '../../ops/broadcastTo.ts';
import { multiply } from '../../ops/multiply.ts';
import { total } from '../../ops/sum.ts';
import { isOneNumber } from '../passSize.ts';
import type { OperatorDefinition } from './OperatorDefinition.ts';

export const gradientCovariance: OperatorDefinition = {
  /** g_b (g_b · v) of the mini-batch, whose gradient depends on no vector and is computed once. */
  product: ({ graph, loss }, parameters, seeds) => {
    const gradient = gradients(graph, loss, parameters);
    const terms = gradient.map((slope, position) => {
      const parameter = parameters[position];
      const direction = parameter && seeds.get(parameter);
      return direction ? total(graph, multiply(graph, slope, direction)) : graph.constant([0]);
    });
    const along = terms.reduce((first, second) => add(graph, first, second));
    return gradient.map((slope) => multiply(graph, slope, broadcastTo(graph, along, slope.shape)));
  },
  batchFactor: (_, { weight, share }) => weight ** 2 / share,
  addsWeightDecay: false,
  isOfExamples: false,
  isOfMiniBatches: true,
  isCentred: true,
  fault: (problem, { examples, microBatch }) => {
    if (isOneNumber(problem))
      return 'operator: gradient-covariance has no meaning here: the model computes one loss for all examples.';
    if (microBatch !== undefined && microBatch < examples) return null;
    const got = microBatch ?? 'nothing';
    return `microBatch: expected the size of the mini-batches, less than ${examples}, got ${got}. Give it with operator: gradient-covariance.`;
  },
};
