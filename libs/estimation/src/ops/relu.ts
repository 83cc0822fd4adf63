/** max(x, 0); its derivative at 0 is taken as 0. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { multiply } from './multiply.ts';
import { operand, type Op } from './Op.ts';
import { step } from './step.ts';

export const reluOp: Op = {
  name: 'relu',
  shape: ([x = []]) => x,
  vjp: (graph, node, cotangent) => [multiply(graph, cotangent, step(graph, operand(node.operands, 0)))],
  jvp: (graph, node, [tangent = null]) => tangent && multiply(graph, tangent, step(graph, operand(node.operands, 0))),
  onnx: (emit, _node, operands) => emit.node('Relu', operands),
  tfjs: (tf, _node, operands) => tf.relu(operand(operands, 0)),
};

export function relu(graph: GraphBuilder, x: Node): Node {
  return graph.apply('relu', [x]);
}
