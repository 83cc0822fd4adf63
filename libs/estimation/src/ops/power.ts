/** aᵇ, elementwise with broadcasting; derivatives b aᵇ⁻¹ in a and aᵇ log a in b, the latter for a > 0. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { broadcastShapes } from '../graph/shape.ts';
import { add } from './add.ts';
import { affine } from './affine.ts';
import { broadcastTo } from './broadcastTo.ts';
import { log } from './log.ts';
import { multiply } from './multiply.ts';
import { operand, type Op } from './Op.ts';
import { unbroadcast } from './unbroadcast.ts';

/** ∂(aᵇ)/∂a. */
function slopeInBase(graph: GraphBuilder, a: Node, b: Node): Node {
  return multiply(graph, b, power(graph, a, affine(graph, b, { factor: 1, offset: -1 })));
}

/** ∂(aᵇ)/∂b. */
function slopeInExponent(graph: GraphBuilder, node: Node, a: Node): Node {
  return multiply(graph, node, log(graph, a));
}

export const powerOp: Op = {
  name: 'power',
  shape: ([a = [], b = []]) => broadcastShapes('power', a, b),
  vjp: (graph, node, cotangent) => {
    const [a, b] = [operand(node.operands, 0), operand(node.operands, 1)];
    return [
      unbroadcast(graph, multiply(graph, cotangent, slopeInBase(graph, a, b)), a.shape),
      unbroadcast(graph, multiply(graph, cotangent, slopeInExponent(graph, node, a)), b.shape),
    ];
  },
  jvp: (graph, node, [moved = null, bent = null]) => {
    const [a, b] = [operand(node.operands, 0), operand(node.operands, 1)];
    const left = moved && multiply(graph, broadcastTo(graph, moved, node.shape), slopeInBase(graph, a, b));
    const right = bent && multiply(graph, broadcastTo(graph, bent, node.shape), slopeInExponent(graph, node, a));
    return left && right ? add(graph, left, right) : (left ?? right);
  },
  onnx: (emit, _node, operands) => emit.node('Pow', operands),
  tfjs: (tf, _node, operands) => tf.pow(operand(operands, 0), operand(operands, 1)),
  examples: [
    {
      operands: [
        { shape: [3, 4], range: [0.3, 2] },
        { shape: [4], range: [-2, 2] },
      ],
    },
    {
      operands: [
        { shape: [4, 1], range: [0.3, 2] },
        { shape: [2, 1, 3], range: [-2, 2] },
      ],
    },
  ],
};

export function power(graph: GraphBuilder, a: Node, b: Node): Node {
  return graph.apply('power', [a, b]);
}
