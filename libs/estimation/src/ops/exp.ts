/** Exponential function, its own derivative. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { unaryOp } from './unary.ts';

export const expOp = unaryOp({
  name: 'exp',
  slope: (_graph, node) => node,
  onnx: (emit, x) => emit.node('Exp', [x]),
  tfjs: (tf, x) => tf.exp(x),
});

export function exp(graph: GraphBuilder, x: Node): Node {
  return graph.apply('exp', [x]);
}
