/** Elementwise difference with broadcasting. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { broadcastShapes } from '../graph/shape.ts';
import { scale } from './affine.ts';
import { operand, type Op } from './Op.ts';
import { broadcastTo } from './broadcastTo.ts';
import { vmapElementwise } from './batched.ts';
import { unbroadcast } from './unbroadcast.ts';

export const subtractOp: Op = {
  name: 'subtract',
  shape: ([a = [], b = []]) => broadcastShapes('subtract', a, b),
  vjp: (graph, node, cotangent) => {
    const [a, b] = node.operands;
    return [
      a ? unbroadcast(graph, cotangent, a.shape) : null,
      b ? scale(graph, unbroadcast(graph, cotangent, b.shape), -1) : null,
    ];
  },
  jvp: (graph, node, [a = null, b = null]) => {
    if (a && b) return subtract(graph, a, b);
    if (a) return broadcastTo(graph, a, node.shape);
    return b && scale(graph, broadcastTo(graph, b, node.shape), -1);
  },
  vmap: vmapElementwise,
  onnx: (emit, _node, operands) => emit.node('Sub', operands),
  tfjs: (tf, _node, operands) => tf.sub(operand(operands, 0), operand(operands, 1)),
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

export function subtract(graph: GraphBuilder, a: Node, b: Node): Node {
  return graph.apply('subtract', [a, b]);
}
