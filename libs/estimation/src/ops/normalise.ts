/**
 * y = scale x̂ + shift with x̂ = (x − mean) r, r = 1 / √(variance + ε), mean and variance over some axes, differentiated through.
 * With the axes of the examples and positions it is batch norm, with those of the features the heart of layer norm.
 *
 * With A = scale r: ẏ = A ẋ + (ṡcale − A m₁) x̂ + ṡhift − A m₀, m₀ = mean(ẋ), m₁ = mean(ẋ ⊙ x̂). One pass over ẋ for each mean and
 * one to combine; composed from elementary ops it is three times as many.
 */
import { EstimationError } from '../error/EstimationError.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node, Shape } from '../graph/Node.ts';
import { sameShape, showShape } from '../graph/shape.ts';
import { broadcastTo } from './broadcastTo.ts';
import { meanOver, meanProduct } from './meanProduct.ts';
import { multiply } from './multiply.ts';
import { normaliseGradient } from './normaliseGradient.ts';
import { normaliseScaleGradient } from './normaliseScaleGradient.ts';
import { normalisationOnnx } from './onnxNormalisation.ts';
import { operand, type Op } from './Op.ts';
import { negative, normalisationOf, standardised, sumOfTerms, times, type Normalisation } from './standardised.ts';
import { sum, sumOp } from './sum.ts';

export const normaliseOp: Op = {
  name: 'normalise',
  shape: ([x = [], scale = [], shift = []], attributes) => {
    const statistic = sumOp.shape([x], attributes);
    for (const [name, shape] of Object.entries<Shape>({ scale, shift })) {
      if (sameShape(shape, statistic)) continue;
      const expected = `${showShape(statistic)} for x ${showShape(x)}`;
      throw new EstimationError('SHAPE', `normalise: ${name} must be ${expected}, got ${showShape(shape)}.`);
    }
    return x;
  },
  vjp: (graph, node, cotangent) => {
    const [x, scale] = [operand(node.operands, 0), operand(node.operands, 1)];
    const settings = normalisationOf(node.attributes);
    return [
      normaliseGradient(graph, x, scale, cotangent, settings),
      normaliseScaleGradient(graph, x, cotangent, settings),
      sum(graph, cotangent, settings.axes),
    ];
  },
  jvp: (graph, node, [dx = null, dscale = null, dshift = null]) => {
    const [x, scale] = [operand(node.operands, 0), operand(node.operands, 1)];
    const settings = normalisationOf(node.attributes);
    const { axes } = settings;
    const { value, rate } = standardised(graph, x, settings);
    const factor = multiply(graph, scale, rate);
    const alongValue = times(graph, factor, dx && meanProduct(graph, dx, value, axes));
    const alongOnes = times(graph, factor, dx && meanOver(graph, dx, axes));
    const tangent = sumOfTerms(graph, [
      times(graph, factor, dx),
      times(graph, value, sumOfTerms(graph, [dscale, negative(graph, alongValue)])),
      sumOfTerms(graph, [dshift, negative(graph, alongOnes)]),
    ]);
    return tangent && broadcastTo(graph, tangent, node.shape);
  },
  onnx: (emit, node, operands) => {
    const [x, scale, shift] = [operand(operands, 0), operand(operands, 1), operand(operands, 2)];
    const { centred, variance } = normalisationOnnx(emit, x, node.shape, normalisationOf(node.attributes));
    const factor = emit.node('Div', [scale, emit.node('Sqrt', [variance])]);
    return emit.node('Add', [emit.node('Mul', [centred, factor]), shift]);
  },
  tfjs: (tf, node, operands) => {
    const [x, scale, shift] = [operand(operands, 0), operand(operands, 1), operand(operands, 2)];
    const { axes, epsilon } = normalisationOf(node.attributes);
    const mean = (tensor: typeof x): typeof x =>
      tf.mean(
        tensor,
        axes.map((axis) => axis + x.rank),
        true,
      );
    const centred = tf.sub(x, mean(x));
    const factor = tf.mul(scale, tf.rsqrt(tf.add(mean(tf.square(centred)), epsilon)));
    return tf.add(tf.mul(centred, factor), shift);
  },
  examples: [
    {
      operands: [
        [4, 3, 2],
        [1, 3, 1],
        [1, 3, 1],
      ],
      attributes: { axes: [-3, -1], epsilon: 0.01 },
    },
    {
      operands: [
        [3, 5],
        [3, 1],
        [3, 1],
      ],
      attributes: { axes: [-1], epsilon: 0.1 },
    },
  ],
};

/**
 * Throws an EstimationError (SHAPE) unless `scale` and `shift` have the shape of x with length 1 along the axes.
 */
export function normalise(graph: GraphBuilder, x: Node, scale: Node, shift: Node, settings: Normalisation): Node {
  return graph.apply('normalise', [x, scale, shift], { axes: [...settings.axes], epsilon: settings.epsilon });
}
