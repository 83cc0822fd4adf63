/** Softmax over the last axis: s = exp(x) / Σ exp(x). Its derivative is ẋ ↦ s ⊙ (ẋ − Σ s ⊙ ẋ), which is symmetric. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { multiply } from './multiply.ts';
import { operand, type Op } from './Op.ts';
import { subtract } from './subtract.ts';
import { sum } from './sum.ts';

function derivative(graph: GraphBuilder, node: Node, direction: Node): Node {
  const weighted = multiply(graph, direction, node);
  return subtract(graph, weighted, multiply(graph, sum(graph, weighted, [-1]), node));
}

export const softmaxOp: Op = {
  name: 'softmax',
  shape: ([x = []]) => x,
  vjp: (graph, node, cotangent) => [derivative(graph, node, cotangent)],
  jvp: (graph, node, [tangent = null]) => tangent && derivative(graph, node, tangent),
  onnx: (emit, _node, operands) => emit.node('Softmax', operands, { axis: -1 }),
  tfjs: (tf, _node, operands) => tf.softmax(operand(operands, 0)),
  examples: [{ operands: [[3, 4]] }, { operands: [{ shape: [2, 3], range: [90, 110] }] }],
};

export function softmax(graph: GraphBuilder, x: Node): Node {
  return graph.apply('softmax', [x]);
}
