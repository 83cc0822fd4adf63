/** x where x > 0, else α (exp(x) − 1) (Clevert, Unterthiner and Hochreiter, 2016). Derivative: 1 where x > 0, else α exp(x). */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { add } from './add.ts';
import { affine, scale } from './affine.ts';
import { exp } from './exp.ts';
import { multiply } from './multiply.ts';
import { heaviside } from './heaviside.ts';
import { unaryOp } from './unary.ts';

function alphaOf(node: Node): number {
  return Number(node.attributes['alpha']);
}

export const eluOp = unaryOp({
  name: 'elu',
  slope: (graph, node, x) => {
    const positive = heaviside(graph, x);
    const negative = affine(graph, positive, { factor: -1, offset: 1 });
    const below = scale(graph, exp(graph, multiply(graph, x, negative)), alphaOf(node));
    return add(graph, positive, multiply(graph, negative, below));
  },
  // max(x, 0) + α (exp(min(x, 0)) − 1): exp of what is at most 0 cannot overflow.
  onnx: (emit, x, node) => {
    const negative = emit.node('Neg', [emit.node('Relu', [emit.node('Neg', [x])])]);
    const grown = emit.node('Sub', [emit.node('Exp', [negative]), emit.scalar(1)]);
    return emit.node('Add', [emit.node('Relu', [x]), emit.node('Mul', [grown, emit.scalar(alphaOf(node))])]);
  },
  tfjs: (tf, x, node) => tf.add(tf.relu(x), tf.mul(tf.expm1(tf.minimum(x, 0)), alphaOf(node))),
  examples: [
    { operands: [[3, 4]], attributes: { alpha: 1 } },
    { operands: [{ shape: [6], range: [-40, -0.1] }], attributes: { alpha: 0.7 } },
  ],
});

export function elu(graph: GraphBuilder, x: Node, alpha = 1): Node {
  return graph.apply('elu', [x], { alpha });
}
