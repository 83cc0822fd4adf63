/** Elementwise product with broadcasting. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { broadcastShapes } from '../graph/shape.ts';
import { add } from './add.ts';
import { operand, type Op } from './Op.ts';
import { vmapElementwise } from './batched.ts';
import { unbroadcast } from './unbroadcast.ts';

export const multiplyOp: Op = {
  name: 'multiply',
  shape: ([a = [], b = []]) => broadcastShapes('multiply', a, b),
  vjp: (graph, node, cotangent) => {
    const a = operand(node.operands, 0);
    const b = operand(node.operands, 1);
    return [
      unbroadcast(graph, multiply(graph, cotangent, b), a.shape),
      unbroadcast(graph, multiply(graph, cotangent, a), b.shape),
    ];
  },
  jvp: (graph, node, [a = null, b = null]) => {
    const left = a && multiply(graph, a, operand(node.operands, 1));
    const right = b && multiply(graph, b, operand(node.operands, 0));
    return left && right ? add(graph, left, right) : (left ?? right);
  },
  vmap: vmapElementwise,
  onnx: (emit, _node, operands) => emit.node('Mul', operands),
  tfjs: (tf, _node, operands) => tf.mul(operand(operands, 0), operand(operands, 1)),
  examples: [
    { operands: [[3, 4], [4]] },
    {
      operands: [
        [2, 1, 4],
        [3, 1],
      ],
    },
    { operands: [[5], [5]] },
  ],
};

export function multiply(graph: GraphBuilder, a: Node, b: Node): Node {
  return graph.apply('multiply', [a, b]);
}
