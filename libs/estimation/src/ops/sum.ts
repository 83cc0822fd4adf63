/** Sum over axes, which are kept with length 1. Axes count from the end. */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { sameShape, showShape } from '../graph/shape.ts';
import { operand, type Op } from './Op.ts';
import { reshape } from './reshape.ts';
import { shiftAxes } from './batched.ts';

export const sumOp: Op = {
  name: 'sum',
  shape: ([x = []], attributes) => {
    const shape = [...x];
    for (const axis of attributes['axes'] as readonly number[]) {
      if (!Number.isInteger(axis) || axis >= 0 || axis < -x.length) {
        throw new EstimationError('SHAPE', `sum: axis ${axis} is not one of -${x.length}…-1 of shape ${showShape(x)}.`);
      }
      shape[x.length + axis] = 1;
    }
    return shape;
  },
  vjp: (graph, node, cotangent) => {
    const { shape } = operand(node.operands, 0);
    return [sameShape(shape, node.shape) ? cotangent : graph.apply('broadcastTo', [cotangent], { shape: [...shape] })];
  },
  jvp: (graph, node, [tangent = null]) => tangent && sum(graph, tangent, node.attributes['axes'] as readonly number[]),
  vmap: (graph, node, operands) => {
    const x = operand(operands, 0);
    const shifted = shiftAxes(node.attributes['axes'] as readonly number[], node.shape.length, x.axis);
    return x.axis === null ? { node, axis: null } : { node: sum(graph, x.node, shifted), axis: x.axis };
  },
  onnx: (emit, node, operands) =>
    emit.node('ReduceSum', [...operands, emit.integers(node.attributes['axes'] as readonly number[])], { keepdims: 1 }),
  tfjs: (tf, node, operands) => {
    const x = operand(operands, 0);
    const axes = (node.attributes['axes'] as readonly number[]).map((axis) => axis + x.rank);
    return tf.sum(x, axes, true);
  },
  examples: [
    { operands: [[2, 3, 4]], attributes: { axes: [-2] } },
    { operands: [[3, 4]], attributes: { axes: [-2, -1] } },
  ],
};

/** Sums over axes given as -1 (last), -2, …; the result keeps its rank. */
export function sum(graph: GraphBuilder, x: Node, axes: readonly number[]): Node {
  return axes.length === 0 ? x : graph.apply('sum', [x], { axes: [...axes] });
}

/** Sum of all elements, a scalar of shape []. */
export function total(graph: GraphBuilder, x: Node): Node {
  const axes = x.shape.map((_, axis) => axis - x.shape.length);
  return reshape(graph, sum(graph, x, axes), []);
}
