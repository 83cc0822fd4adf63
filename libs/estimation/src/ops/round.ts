/** The nearest integer, the even one of two. Its derivative is zero. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { unaryOp } from './unary.ts';

export const roundOp = unaryOp({
  name: 'round',
  slope: () => null,
  onnx: (emit, x) => emit.node('Round', [x]),
  tfjs: (tf, x) => tf.round(x),
  examples: [{ operands: [{ shape: [3, 4], range: [-5, 5] }] }],
});

export function round(graph: GraphBuilder, x: Node): Node {
  return graph.apply('round', [x]);
}
