/** r = 1 / √x; derivative −r³ / 2. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { scale } from './affine.ts';
import { multiply } from './multiply.ts';
import { unaryOp } from './unary.ts';

export const rsqrtOp = unaryOp({
  name: 'rsqrt',
  slope: (graph, node) => scale(graph, multiply(graph, node, multiply(graph, node, node)), -0.5),
  onnx: (emit, x) => emit.node('Div', [emit.scalar(1), emit.node('Sqrt', [x])]),
  tfjs: (tf, x) => tf.rsqrt(x),
  examples: [{ operands: [{ shape: [3, 4], range: [0.3, 2] }] }],
});

export function rsqrt(graph: GraphBuilder, x: Node): Node {
  return graph.apply('rsqrt', [x]);
}
