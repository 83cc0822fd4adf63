/**
 * The cotangent of the scale in `normalise`, from that of y: Σ ȳ ⊙ x̂ over the axes. Its derivative Σ (ẏ̄ ⊙ x̂ + g ⊙ ẋ), with
 * g = r (ȳ − mean(ȳ) − x̂ mean(ȳ ⊙ x̂)), does without the derivative of x̂. Operands: x, ȳ.
 */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../graph/Node.ts';
import { scale } from './affine.ts';
import { meanProduct } from './meanProduct.ts';
import { multiply } from './multiply.ts';
import { normalisationOnnx } from './onnxNormalisation.ts';
import { operand, type Op } from './Op.ts';
import { alignBatchAxes, shiftAxes } from './batched.ts';
import { normalisationOf, orthogonalPart, standardised, sumOfTerms, type Normalisation } from './standardised.ts';
import { sumOp } from './sum.ts';

/** g and x̂ */
function parts(graph: GraphBuilder, node: Node): { g: Node; value: Node; count: number } {
  const [x, cotangent] = [operand(node.operands, 0), operand(node.operands, 1)];
  const settings = normalisationOf(node.attributes);
  const { value, rate } = standardised(graph, x, settings);
  const g = multiply(graph, rate, orthogonalPart(graph, cotangent, value, settings.axes));
  return { g, value, count: sizeOf(x.shape) / sizeOf(node.shape) };
}

export const normaliseScaleGradientOp: Op = {
  name: 'normaliseScaleGradient',
  shape: ([x = []], attributes) => sumOp.shape([x], attributes),
  vjp: (graph, node, cotangent) => {
    const { g, value } = parts(graph, node);
    return [multiply(graph, cotangent, g), multiply(graph, cotangent, value)];
  },
  jvp: (graph, node, [dx = null, dcotangent = null]) => {
    const { axes } = normalisationOf(node.attributes);
    const { g, value, count } = parts(graph, node);
    const mean = sumOfTerms(graph, [
      dcotangent && meanProduct(graph, dcotangent, value, axes),
      dx && meanProduct(graph, dx, g, axes),
    ]);
    return mean && scale(graph, mean, count);
  },
  vmap: (graph, node, operands) => {
    const rank = node.shape.length;
    const settings = normalisationOf(node.attributes);
    const { value } = standardised(graph, operand(node.operands, 0), settings);
    const { nodes, axis } = alignBatchAxes(graph, [operand(operands, 1), { node: value, axis: null }], rank);
    const axes = shiftAxes(settings.axes, rank, axis);
    const mean = meanProduct(graph, operand(nodes, 0), operand(nodes, 1), axes);
    return { node: scale(graph, mean, sizeOf(value.shape) / sizeOf(node.shape)), axis };
  },
  onnx: (emit, node, operands) => {
    const [x, cotangent] = [operand(operands, 0), operand(operands, 1)];
    const { shape } = operand(node.operands, 0);
    const { centred, variance, sum } = normalisationOnnx(emit, x, shape, normalisationOf(node.attributes));
    return emit.node('Div', [sum(emit.node('Mul', [cotangent, centred])), emit.node('Sqrt', [variance])]);
  },
  tfjs: (tf, node, operands) => {
    const [x, cotangent] = [operand(operands, 0), operand(operands, 1)];
    const { axes, epsilon } = normalisationOf(node.attributes);
    const positions = axes.map((axis) => axis + x.rank);
    const centred = tf.sub(x, tf.mean(x, positions, true));
    const rate = tf.rsqrt(tf.add(tf.mean(tf.square(centred), positions, true), epsilon));
    return tf.mul(tf.sum(tf.mul(cotangent, centred), positions, true), rate);
  },
  examples: [
    {
      operands: [
        [4, 3, 2],
        [4, 3, 2],
      ],
      attributes: { axes: [-3, -1], epsilon: 0.01 },
    },
    {
      operands: [
        [3, 5],
        [3, 5],
      ],
      attributes: { axes: [-1], epsilon: 0.1 },
    },
  ],
};

export function normaliseScaleGradient(graph: GraphBuilder, x: Node, cotangent: Node, settings: Normalisation): Node {
  return graph.apply('normaliseScaleGradient', [x, cotangent], { axes: [...settings.axes], epsilon: settings.epsilon });
}
