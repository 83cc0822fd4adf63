/** Hyperbolic tangent; derivative 1 − tanh². */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { affine } from './affine.ts';
import { multiply } from './multiply.ts';
import { operand, type Op } from './Op.ts';

function slope(graph: GraphBuilder, node: Node): Node {
  return affine(graph, multiply(graph, node, node), { factor: -1, offset: 1 });
}

export const tanhOp: Op = {
  name: 'tanh',
  shape: ([x = []]) => x,
  vjp: (graph, node, cotangent) => [multiply(graph, cotangent, slope(graph, node))],
  jvp: (graph, node, [tangent = null]) => tangent && multiply(graph, tangent, slope(graph, node)),
  onnx: (emit, _node, operands) => emit.node('Tanh', operands),
  tfjs: (tf, _node, operands) => tf.tanh(operand(operands, 0)),
};

export function tanh(graph: GraphBuilder, x: Node): Node {
  return graph.apply('tanh', [x]);
}
