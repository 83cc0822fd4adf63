/** x − log Σ exp(x) over the last axis, stable for any x. Derivative ẋ ↦ ẋ − Σ softmax(x) ⊙ ẋ. */
import type { Emitter } from './Emitter.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { multiply } from './multiply.ts';
import { operand, type Op } from './Op.ts';
import { softmax } from './softmax.ts';
import { subtract } from './subtract.ts';
import { sum } from './sum.ts';

/** Not LogSoftmax, which the WebGPU provider lacks, nor ReduceLogSumExp, which overflows there: the maximum is taken out first. */
export function logSoftmaxOnnx(emit: Emitter, x: string): string {
  const below = emit.node('Sub', [x, emit.node('ReduceMax', [x, emit.integers([-1])], { keepdims: 1 })]);
  const total = emit.node('ReduceSum', [emit.node('Exp', [below]), emit.integers([-1])], { keepdims: 1 });
  return emit.node('Sub', [below, emit.node('Log', [total])]);
}

export const logSoftmaxOp: Op = {
  name: 'logSoftmax',
  shape: ([x = []]) => x,
  vjp: (graph, node, cotangent) => {
    const probabilities = softmax(graph, operand(node.operands, 0));
    return [subtract(graph, cotangent, multiply(graph, sum(graph, cotangent, [-1]), probabilities))];
  },
  jvp: (graph, node, [tangent = null]) => {
    const probabilities = softmax(graph, operand(node.operands, 0));
    return tangent && subtract(graph, tangent, sum(graph, multiply(graph, tangent, probabilities), [-1]));
  },
  onnx: (emit, _node, operands) => logSoftmaxOnnx(emit, operand(operands, 0)),
  tfjs: (tf, _node, operands) => tf.logSoftmax(operand(operands, 0)),
  examples: [{ operands: [[3, 4]] }, { operands: [{ shape: [2, 3], range: [90, 110] }] }],
};

export function logSoftmax(graph: GraphBuilder, x: Node): Node {
  return graph.apply('logSoftmax', [x]);
}
