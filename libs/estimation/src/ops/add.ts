/** Elementwise sum with broadcasting. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { broadcastShapes } from '../graph/shape.ts';
import { operand, type Op } from './Op.ts';
import { sumTo, widenTangent, alignTangent } from './stacked.ts';

export const addOp: Op = {
  name: 'add',
  shape: ([a = [], b = []]) => broadcastShapes('add', a, b),
  vjp: (graph, node, cotangent) => node.operands.map((operand) => sumTo(graph, cotangent, operand.shape)),
  jvp: (graph, node, [a = null, b = null]) => {
    if (a && b) return add(graph, alignTangent(graph, a, node.shape.length), alignTangent(graph, b, node.shape.length));
    const only = a ?? b;
    return only && widenTangent(graph, only, node.shape);
  },
  onnx: (emit, _node, operands) => emit.node('Add', operands),
  tfjs: (tf, _node, operands) => tf.add(operand(operands, 0), operand(operands, 1)),
};

export function add(graph: GraphBuilder, a: Node, b: Node): Node {
  return graph.apply('add', [a, b]);
}
