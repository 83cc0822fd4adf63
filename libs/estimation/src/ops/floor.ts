/** The largest integer that is not above x. Its derivative is zero. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { scale } from './affine.ts';
import { unaryOp } from './unary.ts';

export const floorOp = unaryOp({
  name: 'floor',
  slope: () => null,
  onnx: (emit, x) => emit.node('Floor', [x]),
  tfjs: (tf, x) => tf.floor(x),
  examples: [{ operands: [{ shape: [3, 4], range: [-5, 5] }] }],
});

export function floor(graph: GraphBuilder, x: Node): Node {
  return graph.apply('floor', [x]);
}

/** The smallest integer that is not below x. */
export function ceil(graph: GraphBuilder, x: Node): Node {
  return scale(graph, floor(graph, scale(graph, x, -1)), -1);
}
