/**
 * Takes elements of an axis by index: an embedding is gather of the rows of its table. x [..., L, ...], indices int of any shape
 * with values in 0 … L − 1; the result has the indices' axes in place of that axis, which counts from the end.
 */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { showShape } from '../graph/shape.ts';
import { operand, type Op } from './Op.ts';
import { scatterAdd } from './scatterAdd.ts';

function axisOf(node: Node): number {
  return Number(node.attributes['axis']);
}

export const gatherOp: Op = {
  name: 'gather',
  shape: ([x = [], indices = []], attributes) => {
    const axis = Number(attributes['axis']);
    if (axis >= 0 || axis < -x.length) {
      throw new EstimationError(
        'SHAPE',
        `gather: axis ${axis} is not one of -${x.length}…-1 of shape ${showShape(x)}.`,
      );
    }
    return x.toSpliced(x.length + axis, 1, ...indices);
  },
  type: ([x = 'float']) => x,
  vjp: (graph, node, cotangent) => {
    const x = operand(node.operands, 0);
    return [scatterAdd(graph, cotangent, operand(node.operands, 1), axisOf(node), x.shape.at(axisOf(node)) ?? 1), null];
  },
  jvp: (graph, node, [tangent = null]) => tangent && gather(graph, tangent, operand(node.operands, 1), axisOf(node)),
  vmap: (graph, node, operands) => {
    const x = operand(operands, 0);
    const indices = operand(node.operands, 1);
    if (x.axis === null) return { node, axis: null };
    const gathered = x.node.shape.length - 1 + axisOf(node); // the axis among those of one value
    const inside = x.axis > gathered; // then the axis counts one further from the end
    const axis = inside ? x.axis + indices.shape.length - 1 : x.axis;
    return { node: gather(graph, x.node, indices, axisOf(node) - (inside ? 1 : 0)), axis };
  },
  onnx: (emit, node, operands) => {
    const rank = operand(node.operands, 0).shape.length;
    return emit.node('Gather', operands, { axis: rank + axisOf(node) });
  },
  tfjs: (tf, node, operands) => {
    const x = operand(operands, 0);
    return tf.gather(x, operand(operands, 1) as Parameters<typeof tf.gather>[1], x.rank + axisOf(node));
  },
  examples: [
    { operands: [[5, 3], { shape: [2, 4], integersBelow: 5 }], attributes: { axis: -2 } },
    { operands: [[2, 4, 3], { shape: [6], integersBelow: 4 }], attributes: { axis: -2 } },
    { operands: [[2, 3], { shape: [4], integersBelow: 3 }], attributes: { axis: -1 } },
  ],
};

/** Throws an EstimationError (SHAPE) when there is no such axis. */
export function gather(graph: GraphBuilder, x: Node, indices: Node, axis: number): Node {
  return graph.apply('gather', [x, indices], { axis });
}
