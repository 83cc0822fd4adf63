/** Losses as nodes of the file. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { scale } from '../../../ops/affine.ts';
import { logSoftmax } from '../../../ops/logSoftmax.ts';
import { multiply } from '../../../ops/multiply.ts';
import { oneHot } from '../../../ops/oneHot.ts';
import { reciprocal } from '../../../ops/reciprocal.ts';
import { reshape } from '../../../ops/reshape.ts';
import { sum, total } from '../../../ops/sum.ts';
import { toInt } from '../../../ops/toInt.ts';
import { transpose } from '../../../ops/transpose.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';

/** [N, C, ...] to [N, ..., C], and back. */
function classesLast(graph: GraphBuilder, x: Node): Node {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(graph, x, [0, ...axes.slice(2), 1]);
}

function classesSecond(graph: GraphBuilder, x: Node): Node {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(graph, x, [0, x.shape.length - 1, ...axes.slice(1, -1)]);
}

/** The factor of each class, [1, …, 1, C]: the weights of the third input, 0 for a class that is not counted. */
function classFactors(node: NodeTranslation, classes: number, rank: number): Node {
  const ignored = node.number('ignore_index', Number.NaN);
  const counts = Array.from({ length: classes }, (_, index) => (index === ignored ? 0 : 1));
  const shape = Array.from({ length: rank }, (_, axis) => (axis === rank - 1 ? classes : 1));
  const counted = node.graph.constant(counts, shape);
  return node.has(2) ? multiply(node.graph, counted, reshape(node.graph, node.float(2), shape)) : counted;
}

/**
 * −Σ w_t log p_t of the labels t, over Σ w_t for reduction `mean`. A label of the value `ignore_index` has the weight 0: those beyond the
 * classes give a row of zeros.
 */
function lossOf(node: NodeTranslation, logProbabilities: Node): Node {
  const { graph } = node;
  const classes = logProbabilities.shape.at(-1) ?? 1;
  const labels = oneHot(graph, toInt(graph, node.node(1)), classes);
  const wanted = multiply(graph, labels, classFactors(node, classes, labels.shape.length));
  const terms = scale(graph, multiply(graph, wanted, logProbabilities), -1);
  const reduction = node.text('reduction', 'mean');
  switch (reduction) {
    case 'none':
      return reshape(graph, sum(graph, terms, [-1]), labels.shape.slice(0, -1));
    case 'sum':
      return total(graph, terms);
    case 'mean':
      return multiply(graph, total(graph, terms), reciprocal(graph, total(graph, wanted)));
    default:
      throw node.failure('BAD_FILE', `expected the reduction none, sum or mean, got "${reduction}"`);
  }
}

export const lossRules: Rules = {
  NegativeLogLikelihoodLoss: (node) => lossOf(node, classesLast(node.graph, node.float(0))),
  SoftmaxCrossEntropyLoss: (node) => {
    const logProbabilities = logSoftmax(node.graph, classesLast(node.graph, node.float(0)));
    return [lossOf(node, logProbabilities), classesSecond(node.graph, logProbabilities)];
  },
};
