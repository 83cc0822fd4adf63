/**
 * One value where a condition (0 or 1) is not 0, another elsewhere, with broadcasting. Unlike products with a mask it leaves no NaN
 * behind where the value not chosen is infinite. The condition has no derivative.
 */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { broadcastShapes } from '../graph/shape.ts';
import { broadcastTo } from './broadcastTo.ts';
import { operand, type Op } from './Op.ts';
import { vmapElementwise } from './batched.ts';
import { unbroadcast } from './unbroadcast.ts';

export const selectOp: Op = {
  name: 'select',
  shape: ([condition = [], yes = [], no = []]) =>
    broadcastShapes('select', broadcastShapes('select', condition, yes), no),
  vjp: (graph, node, cotangent) => {
    const [condition, yes, no] = [0, 1, 2].map((position) => operand(node.operands, position));
    const zero = graph.constant([0]);
    if (!condition || !yes || !no) return [];
    return [
      null,
      unbroadcast(graph, select(graph, condition, cotangent, zero), yes.shape),
      unbroadcast(graph, select(graph, condition, zero, cotangent), no.shape),
    ];
  },
  jvp: (graph, node, [, yes = null, no = null]) => {
    if (!yes && !no) return null;
    const zero = graph.constant([0]);
    return broadcastTo(graph, select(graph, operand(node.operands, 0), yes ?? zero, no ?? zero), node.shape);
  },
  vmap: vmapElementwise,
  onnx: (emit, _node, [condition = '', ...values]) => emit.node('Where', [emit.castToBoolean(condition), ...values]),
  tfjs: (tf, node, operands) => {
    const [condition, yes, no] = operands.map((value) => tf.broadcastTo(value, [...node.shape]));
    return tf.where(tf.cast(condition ?? 0, 'bool'), yes ?? 0, no ?? 0);
  },
  examples: [
    { operands: [{ shape: [3, 4], condition: true }, [3, 4], [4]] },
    { operands: [{ shape: [4], condition: true }, [2, 1, 1], [3, 1]] },
  ],
};

export function select(graph: GraphBuilder, condition: Node, yes: Node, no: Node): Node {
  return graph.apply('select', [condition, yes, no]);
}
