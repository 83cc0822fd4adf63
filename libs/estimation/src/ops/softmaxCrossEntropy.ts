/**
 * Cross entropy of softmax(logits) against target probabilities, per example: −Σ_c t_c (x_c − log Σ exp x), computed with
 * the maximum subtracted. Logits and targets [N, C], result [N, 1]; targets sum to 1 and are not differentiated.
 */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { sameShape, showShape } from '../graph/shape.ts';
import { multiply } from './multiply.ts';
import { operand, type Op } from './Op.ts';
import { softmax } from './softmax.ts';
import { subtract } from './subtract.ts';
import { sum } from './sum.ts';

function logitGradient(graph: GraphBuilder, node: Node): Node {
  return subtract(graph, softmax(graph, operand(node.operands, 0)), operand(node.operands, 1));
}

export const softmaxCrossEntropyOp: Op = {
  name: 'softmaxCrossEntropy',
  shape: ([logits = [], targets = []]) => {
    if (!sameShape(logits, targets)) {
      const given = `logits ${showShape(logits)} and targets ${showShape(targets)}`;
      throw new EstimationError('SHAPE', `softmaxCrossEntropy: ${given} must have the same shape [N, classes].`);
    }
    return [...logits.slice(0, -1), 1];
  },
  vjp: (graph, node, cotangent) => [multiply(graph, cotangent, logitGradient(graph, node)), null],
  jvp: (graph, node, [tangent = null]) =>
    tangent && sum(graph, multiply(graph, tangent, logitGradient(graph, node)), [-1]),
  onnx: (emit, _node, operands) => {
    const logits = operand(operands, 0);
    const normaliser = emit.node('ReduceLogSumExp', [logits, emit.integers([-1])], { keepdims: 1 });
    const weighted = emit.node('Mul', [operand(operands, 1), emit.node('Sub', [normaliser, logits])]);
    return emit.node('ReduceSum', [weighted, emit.integers([-1])], { keepdims: 1 });
  },
  tfjs: (tf, _node, operands) => {
    const logits = operand(operands, 0);
    const losses = tf.sub(tf.logSumExp(logits, -1, true), logits);
    return tf.sum(tf.mul(operand(operands, 1), losses), -1, true);
  },
};

export function softmaxCrossEntropy(graph: GraphBuilder, logits: Node, targets: Node): Node {
  return graph.apply('softmaxCrossEntropy', [logits, targets]);
}
