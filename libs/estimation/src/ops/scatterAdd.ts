/**
 * The reverse of gather: adds each element of x to the place along an axis that its index names; places that no index names are 0.
 * x has the indices' axes where the result has one axis of the given length; that axis counts from the end.
 */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../graph/Node.ts';
import { operand, type Op } from './Op.ts';
import { moveBatchAxis } from './batched.ts';

interface Layout {
  readonly axis: number;
  readonly length: number;
  /** Elements before the indexed axes, along them, and behind them. */
  readonly parts: [number, number, number];
}

function layout(node: Node): Layout {
  const x = operand(node.operands, 0).shape;
  const { axis, length } = node.attributes;
  const behind = -Number(axis) - 1;
  const indexed = sizeOf(operand(node.operands, 1).shape);
  const inner = sizeOf(x.slice(x.length - behind));
  return { axis: Number(axis), length: Number(length), parts: [sizeOf(x) / (indexed * inner), indexed, inner] };
}

export const scatterAddOp: Op = {
  name: 'scatterAdd',
  shape: ([x = [], indices = []], attributes) => {
    const behind = -Number(attributes['axis']) - 1;
    const before = x.length - behind - indices.length;
    return x.toSpliced(before, indices.length, Number(attributes['length']));
  },
  vjp: (graph, node, cotangent) => [
    graph.apply('gather', [cotangent, operand(node.operands, 1)], { axis: layout(node).axis }),
    null,
  ],
  jvp: (graph, node, [tangent = null]) => {
    const { axis, length } = layout(node);
    return tangent && scatterAdd(graph, tangent, operand(node.operands, 1), axis, length);
  },
  vmap: (graph, node, operands) => {
    const x = operand(operands, 0);
    if (x.axis === null) return { node, axis: null };
    const indices = operand(node.operands, 1);
    const { axis, length } = layout(node);
    const first = node.shape.length + axis; // of the indexed axes among those of one value
    if (x.axis <= first) return { node: scatterAdd(graph, x.node, indices, axis, length), axis: x.axis };
    const behind = Math.max(x.axis, first + indices.shape.length);
    const moved = moveBatchAxis(graph, x, behind);
    return { node: scatterAdd(graph, moved, indices, axis - 1, length), axis: behind - indices.shape.length + 1 };
  },
  // A product with a 0/1 matrix: scattering with addition is not deterministic on every provider.
  onnx: (emit, node, operands) => {
    const { length, parts } = layout(node);
    const x = emit.node('Reshape', [operand(operands, 0), emit.integers(parts)]);
    const row = emit.node('Reshape', [operand(operands, 1), emit.integers([1, parts[1]])]);
    const places = emit.int32s(
      Array.from({ length }, (_, place) => place),
      [length, 1],
    );
    const chosen = emit.cast(emit.node('Equal', [places, row]));
    return emit.node('Reshape', [emit.node('MatMul', [chosen, x]), emit.integers(node.shape)]);
  },
  tfjs: (tf, node, operands) => {
    const { length, parts } = layout(node);
    const [outer, indexed, inner] = parts;
    const x = tf.transpose(tf.reshape(operand(operands, 0), parts), [1, 0, 2]);
    const chosen = tf.transpose(tf.oneHot(tf.reshape(operand(operands, 1), [indexed]), length));
    const sums = tf.matMul(tf.cast(chosen, 'float32'), tf.reshape(x, [indexed, outer * inner]));
    return tf.reshape(tf.transpose(tf.reshape(sums, [length, outer, inner]), [1, 0, 2]), [...node.shape]);
  },
  examples: [
    { operands: [[2, 4, 3], { shape: [2, 4], integersBelow: 5 }], attributes: { axis: -2, length: 5 } },
    { operands: [[2, 6, 3], { shape: [6], integersBelow: 4 }], attributes: { axis: -2, length: 4 } },
    { operands: [[2, 4], { shape: [4], integersBelow: 3 }], attributes: { axis: -1, length: 3 } },
  ],
};

/** `length` is that of the axis that the indices name places of. */
export function scatterAdd(graph: GraphBuilder, x: Node, indices: Node, axis: number, length: number): Node {
  return graph.apply('scatterAdd', [x, indices], { axis, length });
}
