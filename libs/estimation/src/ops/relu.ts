/** max(x, 0); its derivative at 0 is taken as 0. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { heaviside } from './heaviside.ts';
import { unaryOp } from './unary.ts';

export const reluOp = unaryOp({
  name: 'relu',
  slope: (graph, _node, x) => heaviside(graph, x),
  onnx: (emit, x) => emit.node('Relu', [x]),
  tfjs: (tf, x) => tf.relu(x),
});

export function relu(graph: GraphBuilder, x: Node): Node {
  return graph.apply('relu', [x]);
}
