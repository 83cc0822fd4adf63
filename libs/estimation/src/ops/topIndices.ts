/**
 * Positions of the `count` largest (or smallest) elements of the last axis, the first of them first; of equal ones that which comes
 * first. Its derivative is zero.
 */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { showShape } from '../graph/shape.ts';
import { operand, type Op } from './Op.ts';

export const topIndicesOp: Op = {
  name: 'topIndices',
  shape: ([x = []], attributes) => {
    const count = Number(attributes['count']);
    if (!Number.isInteger(count) || count < 1 || count > (x.at(-1) ?? 0)) {
      throw new EstimationError(
        'SHAPE',
        `topIndices: expected 1 to ${x.at(-1) ?? 0} of ${showShape(x)}, got ${count}.`,
      );
    }
    return x.with(-1, count);
  },
  type: () => 'int',
  vjp: () => [null],
  jvp: () => null,
  onnx: (emit, node, operands) => {
    const { count, largest } = node.attributes;
    const attributes = { axis: -1, largest: largest === true ? 1 : 0, sorted: 1 };
    return emit.castToInt32(
      emit.secondOutput('TopK', [operand(operands, 0), emit.integers([Number(count)])], attributes),
    );
  },
  tfjs: (tf, node, operands) => {
    const { count, largest } = node.attributes;
    const x = operand(operands, 0);
    return tf.topk(largest === true ? x : tf.neg(x), Number(count), true).indices;
  },
  examples: [true, false].flatMap((largest) => [
    { operands: [[3, 7]], attributes: { count: 3, largest } },
    { operands: [[2, 3, 4]], attributes: { count: 4, largest } },
  ]),
};

export function topIndices(graph: GraphBuilder, x: Node, count: number, largest = true): Node {
  return graph.apply('topIndices', [x], { count, largest });
}
