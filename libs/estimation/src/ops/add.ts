/** Elementwise sum with broadcasting. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { broadcastShapes } from '../graph/shape.ts';
import { operand, type Op } from './Op.ts';
import { broadcastTo } from './broadcastTo.ts';
import { vmapElementwise } from './batched.ts';
import { unbroadcast } from './unbroadcast.ts';

export const addOp: Op = {
  name: 'add',
  shape: ([a = [], b = []]) => broadcastShapes('add', a, b),
  vjp: (graph, node, cotangent) => node.operands.map((operand) => unbroadcast(graph, cotangent, operand.shape)),
  jvp: (graph, node, [a = null, b = null]) => {
    if (a && b) return add(graph, a, b);
    const only = a ?? b;
    return only && broadcastTo(graph, only, node.shape);
  },
  vmap: vmapElementwise,
  onnx: (emit, _node, operands) => emit.node('Add', operands),
  tfjs: (tf, _node, operands) => tf.add(operand(operands, 0), operand(operands, 1)),
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

export function add(graph: GraphBuilder, a: Node, b: Node): Node {
  return graph.apply('add', [a, b]);
}
