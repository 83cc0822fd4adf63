/** 1 where x > 0, else 0: the derivative of relu. Its own derivative is zero. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { unaryOp } from './unary.ts';

export const stepOp = unaryOp({
  name: 'step',
  slope: () => null,
  onnx: (emit, x) => emit.cast(emit.node('Greater', [x, emit.scalar(0)])),
  tfjs: (tf, x) => tf.cast(tf.greater(x, 0), 'float32'),
});

export function step(graph: GraphBuilder, x: Node): Node {
  return graph.apply('step', [x]);
}
