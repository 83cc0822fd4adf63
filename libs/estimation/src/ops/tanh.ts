/** Hyperbolic tangent; derivative 1 − tanh². */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { affine } from './affine.ts';
import { multiply } from './multiply.ts';
import { unaryOp } from './unary.ts';

export const tanhOp = unaryOp({
  name: 'tanh',
  slope: (graph, node) => affine(graph, multiply(graph, node, node), { factor: -1, offset: 1 }),
  onnx: (emit, x) => emit.node('Tanh', [x]),
  tfjs: (tf, x) => tf.tanh(x),
});

export function tanh(graph: GraphBuilder, x: Node): Node {
  return graph.apply('tanh', [x]);
}
