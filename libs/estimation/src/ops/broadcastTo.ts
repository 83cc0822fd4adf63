/** Repeats along axes of length 1 and new leading axes. */
import type * as tfjs from '@tensorflow/tfjs-core';
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node, type Shape } from '../graph/Node.ts';
import { broadcastShapes, sameShape, showShape } from '../graph/shape.ts';
import { operand, type Op, type Tfjs } from './Op.ts';
import { elementShape } from './batched.ts';
import { unbroadcast } from './unbroadcast.ts';

export const broadcastToOp: Op = {
  name: 'broadcastTo',
  shape: ([x = []], attributes) => {
    const target = attributes['shape'] as Shape;
    if (!sameShape(broadcastShapes('broadcastTo', x, target), target)) {
      throw new EstimationError('SHAPE', `broadcastTo: ${showShape(x)} cannot be repeated to ${showShape(target)}.`);
    }
    return target;
  },
  type: ([x = 'float']) => x,
  vjp: (graph, node, cotangent) => [unbroadcast(graph, cotangent, operand(node.operands, 0).shape)],
  jvp: (graph, node, [tangent = null]) => tangent && broadcastTo(graph, tangent, node.shape),
  vmap: (graph, node, operands) => {
    const x = operand(operands, 0);
    if (x.axis === null) return { node, axis: null };
    const k = x.node.shape[x.axis] ?? 1;
    const axis = x.axis + node.shape.length - elementShape(x).length;
    return { node: broadcastTo(graph, x.node, node.shape.toSpliced(axis, 0, k)), axis };
  },
  onnx: (emit, node, operands) => emit.node('Expand', [...operands, emit.integers(node.shape)]),
  tfjs: (tf, node, operands) => repeatedTfjs(tf, operand(operands, 0), node.shape),
  examples: [
    { operands: [[1, 4]], attributes: { shape: [3, 4] } },
    { operands: [[3, 1]], attributes: { shape: [2, 3, 4] } },
  ],
};

/**
 * Axis after axis, each in the middle of three: tfjs-webgpu repeats five axes and more only by reading them back, which it cannot
 * do outside a browser.
 */
export function repeatedTfjs(tf: Tfjs, x: tfjs.Tensor, shape: Shape): tfjs.Tensor {
  const lengths = [...shape.slice(x.rank).map(() => 1), ...x.shape];
  const repeated = shape.reduce<tfjs.Tensor>((sofar, length, axis) => {
    if (lengths[axis] === length) return sofar;
    const before = sizeOf(shape.slice(0, axis));
    return tf.tile(tf.reshape(sofar, [before, 1, sizeOf(lengths.slice(axis + 1))]), [1, length, 1]);
  }, x);
  return tf.reshape(repeated, [...shape]);
}

export function broadcastTo(graph: GraphBuilder, x: Node, shape: Shape): Node {
  return sameShape(x.shape, shape) ? x : graph.apply('broadcastTo', [x], { shape: [...shape] });
}
