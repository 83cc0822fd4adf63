/**
 * Cross entropy of softmax(logits) against target probabilities, per row: −Σ_c t_c (x_c − log Σ exp x), computed with the
 * maximum subtracted. Logits and targets [..., C], result [..., 1]. Derivative in the logits: softmax(x) Σt − t.
 */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { sameShape, showShape } from '../graph/shape.ts';
import { add } from './add.ts';
import { scale } from './affine.ts';
import { logSoftmax, logSoftmaxOnnx } from './logSoftmax.ts';
import { multiply } from './multiply.ts';
import { operand, type Op } from './Op.ts';
import { softmax } from './softmax.ts';
import { subtract } from './subtract.ts';
import { sum } from './sum.ts';

function logitSlope(graph: GraphBuilder, node: Node): Node {
  const targets = operand(node.operands, 1);
  const probabilities = softmax(graph, operand(node.operands, 0));
  // The rows of a one-hot matrix sum to 1.
  const scaled = targets.op === 'oneHot' ? probabilities : multiply(graph, probabilities, sum(graph, targets, [-1]));
  return subtract(graph, scaled, targets);
}

function targetSlope(graph: GraphBuilder, node: Node): Node {
  return scale(graph, logSoftmax(graph, operand(node.operands, 0)), -1);
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
  vjp: (graph, node, cotangent) => [
    multiply(graph, cotangent, logitSlope(graph, node)),
    multiply(graph, cotangent, targetSlope(graph, node)),
  ],
  jvp: (graph, node, [logits = null, targets = null]) => {
    const left = logits && sum(graph, multiply(graph, logits, logitSlope(graph, node)), [-1]);
    const right = targets && sum(graph, multiply(graph, targets, targetSlope(graph, node)), [-1]);
    return left && right ? add(graph, left, right) : (left ?? right);
  },
  onnx: (emit, _node, operands) => {
    const logarithms = logSoftmaxOnnx(emit, operand(operands, 0));
    const weighted = emit.node('Mul', [operand(operands, 1), emit.node('Neg', [logarithms])]);
    return emit.node('ReduceSum', [weighted, emit.integers([-1])], { keepdims: 1 });
  },
  tfjs: (tf, _node, operands) => {
    const logits = operand(operands, 0);
    const losses = tf.sub(tf.logSumExp(logits, -1, true), logits);
    return tf.sum(tf.mul(operand(operands, 1), losses), -1, true);
  },
  examples: [
    { operands: [[3, 4], { shape: [3, 4], range: [0, 1] }] },
    {
      operands: [
        { shape: [2, 3], range: [90, 110] },
        { shape: [2, 3], range: [0, 1] },
      ],
    },
  ],
};

/** Throws an EstimationError (SHAPE) unless both have one shape. For class indices give `oneHot(labels)` as targets. */
export function softmaxCrossEntropy(graph: GraphBuilder, logits: Node, targets: Node): Node {
  return graph.apply('softmaxCrossEntropy', [logits, targets]);
}
