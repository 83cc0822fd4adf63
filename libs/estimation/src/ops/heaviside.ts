/** The Heaviside step function: 1 where x > 0, else 0; the derivative of relu. Its own derivative is zero. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { unaryOp } from './unary.ts';

export const heavisideOp = unaryOp({
  name: 'heaviside',
  slope: () => null,
  onnx: (emit, x) => emit.cast(emit.node('Greater', [x, emit.scalar(0)])),
  tfjs: (tf, x) => tf.cast(tf.greater(x, 0), 'float32'),
});

export function heaviside(graph: GraphBuilder, x: Node): Node {
  return graph.apply('heaviside', [x]);
}
