/** Mean of a ⊙ b over axes, which are kept with length 1: the inner products that the derivatives of a normalisation need. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node, type Shape } from '../graph/Node.ts';
import { broadcastShapes } from '../graph/shape.ts';
import { add } from './add.ts';
import { scale } from './affine.ts';
import { broadcastTo } from './broadcastTo.ts';
import { multiply } from './multiply.ts';
import { operand, type Op } from './Op.ts';
import { alignBatchAxes, shiftAxes } from './batched.ts';
import { sum, sumOp } from './sum.ts';
import { unbroadcast } from './unbroadcast.ts';

function axesOf(node: Node): readonly number[] {
  return node.attributes['axes'] as readonly number[];
}

/** Shape of a ⊙ b. */
function productShape(node: Node): Shape {
  return broadcastShapes(node.op, operand(node.operands, 0).shape, operand(node.operands, 1).shape);
}

/** Elements that one mean is over. */
function countOf(node: Node): number {
  return sizeOf(productShape(node)) / sizeOf(node.shape);
}

export const meanProductOp: Op = {
  name: 'meanProduct',
  shape: ([a = [], b = []], attributes) => sumOp.shape([broadcastShapes('meanProduct', a, b)], attributes),
  vjp: (graph, node, cotangent) => {
    const [a, b] = [operand(node.operands, 0), operand(node.operands, 1)];
    const share = broadcastTo(graph, scale(graph, cotangent, 1 / countOf(node)), productShape(node));
    return [
      unbroadcast(graph, multiply(graph, share, b), a.shape),
      unbroadcast(graph, multiply(graph, share, a), b.shape),
    ];
  },
  jvp: (graph, node, [a = null, b = null]) => {
    const left = a && meanProduct(graph, a, operand(node.operands, 1), axesOf(node));
    const right = b && meanProduct(graph, b, operand(node.operands, 0), axesOf(node));
    return left && right ? add(graph, left, right) : (left ?? right);
  },
  vmap: (graph, node, operands) => {
    const rank = node.shape.length;
    const { nodes, axis } = alignBatchAxes(graph, operands, rank);
    const axes = shiftAxes(axesOf(node), rank, axis);
    return { node: meanProduct(graph, operand(nodes, 0), operand(nodes, 1), axes), axis };
  },
  onnx: (emit, node, operands) => {
    const product = emit.node('Mul', operands);
    const total = emit.node('ReduceSum', [product, emit.integers(axesOf(node))], { keepdims: 1 });
    return emit.node('Mul', [total, emit.scalar(1 / countOf(node))]);
  },
  tfjs: (tf, node, operands) => {
    const product = tf.mul(operand(operands, 0), operand(operands, 1));
    return tf.mean(
      product,
      axesOf(node).map((axis) => axis + product.rank),
      true,
    );
  },
  examples: [
    {
      operands: [
        [2, 3, 4],
        [2, 3, 4],
      ],
      attributes: { axes: [-3, -1] },
    },
    {
      operands: [
        [2, 3, 4],
        [3, 1],
      ],
      attributes: { axes: [-3, -2] },
    },
  ],
};

/** Mean of a ⊙ b (which broadcast) over axes given as -1 (last), -2, …; the result keeps the rank. */
export function meanProduct(graph: GraphBuilder, a: Node, b: Node, axes: readonly number[]): Node {
  return graph.apply('meanProduct', [a, b], { axes: [...axes] });
}

/** Mean over axes given as -1 (last), -2, …; the result keeps the rank. */
export function meanOver(graph: GraphBuilder, x: Node, axes: readonly number[]): Node {
  const total = sum(graph, x, axes);
  return scale(graph, total, sizeOf(total.shape) / sizeOf(x.shape));
}
