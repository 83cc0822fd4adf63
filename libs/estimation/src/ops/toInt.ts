/** Floats without their fraction, as int32. Its derivative is zero. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { operand, type Op } from './Op.ts';

export const toIntOp: Op = {
  name: 'toInt',
  shape: ([x = []]) => x,
  type: () => 'int',
  vjp: () => [null],
  jvp: () => null,
  onnx: (emit, _node, operands) => emit.castToInt32(operand(operands, 0)),
  tfjs: (tf, _node, operands) => tf.cast(operand(operands, 0), 'int32'),
  examples: [{ operands: [{ shape: [3, 4], range: [-5, 5] }] }],
};

export function toInt(graph: GraphBuilder, x: Node): Node {
  return x.type === 'int' ? x : graph.apply('toInt', [x]);
}
