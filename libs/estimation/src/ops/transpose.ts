/** Axes in another order: axis i of the result is axis permutation[i] of the operand. */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { showShape } from '../graph/shape.ts';
import { operand, type Op } from './Op.ts';

function permutationOf(node: Node): readonly number[] {
  return node.attributes['permutation'] as readonly number[];
}

function inverse(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

export const transposeOp: Op = {
  name: 'transpose',
  shape: ([x = []], attributes) => {
    const permutation = attributes['permutation'] as readonly number[];
    if (permutation.length !== x.length || !x.every((_, axis) => permutation.includes(axis))) {
      const given = `[${permutation.join(', ')}]`;
      throw new EstimationError('SHAPE', `transpose: ${given} is not an order of the axes of ${showShape(x)}.`);
    }
    return permutation.map((axis) => x[axis] ?? 1);
  },
  type: ([x = 'float']) => x,
  vjp: (graph, node, cotangent) => [transpose(graph, cotangent, inverse(permutationOf(node)))],
  jvp: (graph, node, [tangent = null]) => tangent && transpose(graph, tangent, permutationOf(node)),
  vmap: (graph, node, operands) => {
    const { node: batched, axis } = operand(operands, 0);
    if (axis === null) return { node, axis };
    const permutation = permutationOf(node).map((from) => (from < axis ? from : from + 1));
    return { node: transpose(graph, batched, permutation.toSpliced(axis, 0, axis)), axis };
  },
  onnx: (emit, node, operands) => emit.node('Transpose', operands, { perm: permutationOf(node) }),
  tfjs: (tf, node, operands) => tf.transpose(operand(operands, 0), [...permutationOf(node)]),
  examples: [{ operands: [[2, 3, 4]], attributes: { permutation: [2, 0, 1] } }],
};

/** Throws an EstimationError (SHAPE) when `permutation` is not an order of the axes. */
export function transpose(graph: GraphBuilder, x: Node, permutation: readonly number[]): Node {
  if (permutation.every((axis, position) => axis === position) && permutation.length === x.shape.length) return x;
  const inner = x.op === 'transpose' ? x.operands[0] : undefined;
  if (inner) {
    const before = permutationOf(x);
    return transpose(
      graph,
      inner,
      permutation.map((axis) => before[axis] ?? axis),
    );
  }
  return graph.apply('transpose', [x], { permutation: [...permutation] });
}
