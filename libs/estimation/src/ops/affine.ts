/** factor · x + offset with fixed numbers. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { operand, type Op } from './Op.ts';
import { vmapElementwise } from './batched.ts';

interface Coefficients {
  readonly factor: number;
  readonly offset: number;
}

function coefficients(node: Node): Coefficients {
  return { factor: Number(node.attributes['factor']), offset: Number(node.attributes['offset']) };
}

export const affineOp: Op = {
  name: 'affine',
  shape: ([x = []]) => x,
  vjp: (graph, node, cotangent) => [scale(graph, cotangent, coefficients(node).factor)],
  jvp: (graph, node, [tangent = null]) => tangent && scale(graph, tangent, coefficients(node).factor),
  vmap: vmapElementwise,
  onnx: (emit, node, operands) => {
    const { factor, offset } = coefficients(node);
    const scaled = factor === 1 ? operand(operands, 0) : emit.node('Mul', [...operands, emit.scalar(factor)]);
    return offset === 0 ? scaled : emit.node('Add', [scaled, emit.scalar(offset)]);
  },
  tfjs: (tf, node, operands) => {
    const { factor, offset } = coefficients(node);
    return tf.add(tf.mul(operand(operands, 0), factor), offset);
  },
  examples: [{ operands: [[3, 4]], attributes: { factor: -2.5, offset: 0.75 } }],
};

/** factor · x + offset. */
export function affine(graph: GraphBuilder, x: Node, { factor, offset }: Coefficients): Node {
  return factor === 1 && offset === 0 ? x : graph.apply('affine', [x], { factor, offset });
}

/** factor · x. */
export function scale(graph: GraphBuilder, x: Node, factor: number): Node {
  return affine(graph, x, { factor, offset: 0 });
}
