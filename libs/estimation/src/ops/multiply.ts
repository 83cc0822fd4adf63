/** Elementwise product with broadcasting. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { broadcastShapes } from '../graph/shape.ts';
import { add } from './add.ts';
import { operand, type Op } from './Op.ts';
import { alignTangent, sumTo } from './stacked.ts';

export const multiplyOp: Op = {
  name: 'multiply',
  shape: ([a = [], b = []]) => broadcastShapes('multiply', a, b),
  vjp: (graph, node, cotangent) => {
    const a = operand(node.operands, 0);
    const b = operand(node.operands, 1);
    return [sumTo(graph, multiply(graph, cotangent, b), a.shape), sumTo(graph, multiply(graph, cotangent, a), b.shape)];
  },
  jvp: (graph, node, [a = null, b = null]) => {
    const rank = node.shape.length;
    const left = a && multiply(graph, alignTangent(graph, a, rank), operand(node.operands, 1));
    const right = b && multiply(graph, alignTangent(graph, b, rank), operand(node.operands, 0));
    return left && right ? add(graph, left, right) : (left ?? right);
  },
  onnx: (emit, _node, operands) => emit.node('Mul', operands),
  tfjs: (tf, _node, operands) => tf.mul(operand(operands, 0), operand(operands, 1)),
};

export function multiply(graph: GraphBuilder, a: Node, b: Node): Node {
  return graph.apply('multiply', [a, b]);
}
