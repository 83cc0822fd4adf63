/** A value that derivatives do not pass. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { operand, type Op } from './Op.ts';

export const stopGradientOp: Op = {
  name: 'stopGradient',
  shape: ([x = []]) => x,
  vjp: () => [null],
  jvp: () => null,
  onnx: (_emit, _node, operands) => operand(operands, 0),
  tfjs: (_tf, _node, operands) => operand(operands, 0),
  // Of integers, which nothing is differentiated in: central differences would see the value change.
  examples: [{ operands: [{ shape: [3, 4], condition: true }] }],
};

export function stopGradient(graph: GraphBuilder, x: Node): Node {
  return graph.apply('stopGradient', [x]);
}
