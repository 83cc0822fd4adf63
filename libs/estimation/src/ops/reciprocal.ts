/** 1 / x; derivative −1 / x². */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { scale } from './affine.ts';
import { multiply } from './multiply.ts';
import { unaryOp } from './unary.ts';

export const reciprocalOp = unaryOp({
  name: 'reciprocal',
  slope: (graph, node) => scale(graph, multiply(graph, node, node), -1),
  onnx: (emit, x) => emit.node('Div', [emit.scalar(1), x]),
  tfjs: (tf, x) => tf.div(1, x),
});

export function reciprocal(graph: GraphBuilder, x: Node): Node {
  return graph.apply('reciprocal', [x]);
}

/** a / b, elementwise with broadcasting. */
export function divide(graph: GraphBuilder, a: Node, b: Node): Node {
  return multiply(graph, a, reciprocal(graph, b));
}
