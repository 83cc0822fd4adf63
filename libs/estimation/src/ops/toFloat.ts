/** Integers as the engine's floats: exact up to 2²⁴ in float32. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { operand, type Op } from './Op.ts';

export const toFloatOp: Op = {
  name: 'toFloat',
  shape: ([x = []]) => x,
  vjp: () => [null],
  jvp: () => null,
  onnx: (emit, _node, operands) => emit.cast(operand(operands, 0)),
  tfjs: (tf, _node, operands) => tf.cast(operand(operands, 0), 'float32'),
  examples: [{ operands: [{ shape: [3, 4], integersBelow: 100 }] }],
};

export function toFloat(graph: GraphBuilder, x: Node): Node {
  return x.type === 'float' ? x : graph.apply('toFloat', [x]);
}
