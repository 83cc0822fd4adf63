/** Class indices [N] to rows of an identity matrix [N, depth]. Not differentiable. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { operand, type Op } from './Op.ts';

export const oneHotOp: Op = {
  name: 'oneHot',
  shape: ([labels = []], attributes) => [...labels, Number(attributes['depth'])],
  vjp: () => [null],
  jvp: () => null,
  // Compared with 0…depth-1, because ONNX Runtime has no OneHot for int32 labels and float64 values.
  onnx: (emit, node, operands) => {
    const classes = Array.from({ length: Number(node.attributes['depth']) }, (_, c) => c);
    const column = emit.node('Unsqueeze', [operand(operands, 0), emit.integers([-1])]);
    return emit.cast(emit.node('Equal', [column, emit.int32s(classes)]));
  },
  tfjs: (tf, node, operands) => tf.cast(tf.oneHot(operand(operands, 0), Number(node.attributes['depth'])), 'float32'),
  examples: [{ operands: [{ shape: [5], integersBelow: 4 }], attributes: { depth: 4 } }],
};

export function oneHot(graph: GraphBuilder, labels: Node, depth: number): Node {
  return graph.apply('oneHot', [labels], { depth });
}
