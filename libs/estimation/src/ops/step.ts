/** 1 where x > 0, else 0: the derivative of relu. Its own derivative is zero. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { operand, type Op } from './Op.ts';

export const stepOp: Op = {
  name: 'step',
  shape: ([x = []]) => x,
  vjp: () => [null],
  jvp: () => null,
  onnx: (emit, _node, operands) => emit.cast(emit.node('Greater', [...operands, emit.scalar(0)])),
  tfjs: (tf, _node, operands) => tf.cast(tf.greater(operand(operands, 0), 0), 'float32'),
};

export function step(graph: GraphBuilder, x: Node): Node {
  return graph.apply('step', [x]);
}
