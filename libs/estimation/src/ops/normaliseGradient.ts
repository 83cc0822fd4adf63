/**
 * The cotangent of x in `normalise`, from that of y: x̄ = A (ȳ − mean(ȳ) − x̂ mean(ȳ ⊙ x̂)), A = scale r. Linear in ȳ and symmetric.
 *
 * With g = x̄ / scale, b = mean(ȳ ⊙ x̂), m₀ = mean(ẋ), m₁ = mean(ẋ ⊙ x̂), its derivative is
 * A ẏ̄ − A r b ẋ + (ṡcale − A m₁) g + A (r b m₁ − mean(ẏ̄ ⊙ x̂) − mean(g ⊙ ẋ)) x̂ + A (r b m₀ − mean(ẏ̄)),
 * where mean(ȳ ⊙ dx̂) = mean(g ⊙ ẋ) spares dx̂. Operands: x, scale, ȳ.
 */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { meanOver, meanProduct } from './meanProduct.ts';
import { multiply } from './multiply.ts';
import { normalisationOnnx } from './onnxNormalisation.ts';
import { operand, type Op } from './Op.ts';
import { alignBatchAxes, shiftAxes } from './batched.ts';
import {
  negative,
  normalisationOf,
  orthogonalPart,
  standardised,
  sumOfTerms,
  times,
  type Normalisation,
} from './standardised.ts';
import { sum } from './sum.ts';

/** What both derivative rules are made of; all of it depends on the primal values alone. */
function parts(graph: GraphBuilder, node: Node): Record<'value' | 'rate' | 'factor' | 'g' | 'slope', Node> {
  const [x, scale, cotangent] = [operand(node.operands, 0), operand(node.operands, 1), operand(node.operands, 2)];
  const settings = normalisationOf(node.attributes);
  const { value, rate } = standardised(graph, x, settings);
  const g = multiply(graph, rate, orthogonalPart(graph, cotangent, value, settings.axes));
  // r b
  const slope = multiply(graph, rate, meanProduct(graph, cotangent, value, settings.axes));
  return { value, rate, factor: multiply(graph, scale, rate), g, slope };
}

export const normaliseGradientOp: Op = {
  name: 'normaliseGradient',
  shape: ([x = []]) => x,
  vjp: (graph, node, cotangent) => {
    const [x, scale] = [operand(node.operands, 0), operand(node.operands, 1)];
    const settings = normalisationOf(node.attributes);
    const { axes } = settings;
    const { value, factor, g, slope } = parts(graph, node);
    const along = meanProduct(graph, cotangent, value, axes);
    const toX = sumOfTerms(graph, [
      negative(graph, multiply(graph, slope, cotangent)),
      negative(graph, multiply(graph, along, g)),
      multiply(
        graph,
        value,
        sumOfTerms(graph, [multiply(graph, slope, along), negative(graph, meanProduct(graph, cotangent, g, axes))]) ??
          along,
      ),
      multiply(graph, slope, meanOver(graph, cotangent, axes)),
    ]);
    return [
      times(graph, factor, toX),
      sum(graph, multiply(graph, cotangent, g), axes),
      normaliseGradient(graph, x, scale, cotangent, settings),
    ];
  },
  jvp: (graph, node, [dx = null, dscale = null, dcotangent = null]) => {
    const { axes } = normalisationOf(node.attributes);
    const { value, factor, g, slope } = parts(graph, node);
    const alongValue = dx && meanProduct(graph, dx, value, axes);
    const alongOnes = dx && meanOver(graph, dx, axes);
    const ofValue = sumOfTerms(graph, [
      times(graph, slope, alongValue),
      negative(graph, dcotangent && meanProduct(graph, dcotangent, value, axes)),
      negative(graph, dx && meanProduct(graph, dx, g, axes)),
    ]);
    const ofOnes = sumOfTerms(graph, [
      times(graph, slope, alongOnes),
      negative(graph, dcotangent && meanOver(graph, dcotangent, axes)),
    ]);
    return sumOfTerms(graph, [
      times(graph, factor, dcotangent),
      times(graph, negative(graph, multiply(graph, factor, slope)) ?? factor, dx),
      times(graph, g, sumOfTerms(graph, [dscale, negative(graph, times(graph, factor, alongValue))])),
      times(graph, value, times(graph, factor, ofValue)),
      times(graph, factor, ofOnes),
    ]);
  },
  vmap: (graph, node, operands) => {
    const rank = node.shape.length;
    const settings = normalisationOf(node.attributes);
    const { value, rate } = standardised(graph, operand(node.operands, 0), settings);
    const factor = multiply(graph, operand(node.operands, 1), rate);
    const fixed = [value, factor].map((single) => ({ node: single, axis: null }));
    const { nodes, axis } = alignBatchAxes(graph, [operand(operands, 2), ...fixed], rank);
    const axes = shiftAxes(settings.axes, rank, axis);
    const part = orthogonalPart(graph, operand(nodes, 0), operand(nodes, 1), axes);
    return { node: multiply(graph, operand(nodes, 2), part), axis };
  },
  onnx: (emit, node, operands) => {
    const [x, scale, cotangent] = [operand(operands, 0), operand(operands, 1), operand(operands, 2)];
    const { centred, variance, mean } = normalisationOnnx(emit, x, node.shape, normalisationOf(node.attributes));
    // x̂ mean(ȳ ⊙ x̂) = (x − mean) mean(ȳ ⊙ (x − mean)) / (variance + ε)
    const along = emit.node('Div', [mean(emit.node('Mul', [cotangent, centred])), variance]);
    const part = emit.node('Sub', [emit.node('Sub', [cotangent, mean(cotangent)]), emit.node('Mul', [centred, along])]);
    return emit.node('Mul', [part, emit.node('Div', [scale, emit.node('Sqrt', [variance])])]);
  },
  tfjs: (tf, node, operands) => {
    const [x, scale, cotangent] = [operand(operands, 0), operand(operands, 1), operand(operands, 2)];
    const { axes, epsilon } = normalisationOf(node.attributes);
    const mean = (tensor: typeof x): typeof x =>
      tf.mean(
        tensor,
        axes.map((axis) => axis + x.rank),
        true,
      );
    const centred = tf.sub(x, mean(x));
    const variance = tf.add(mean(tf.square(centred)), epsilon);
    const along = tf.div(mean(tf.mul(cotangent, centred)), variance);
    const part = tf.sub(tf.sub(cotangent, mean(cotangent)), tf.mul(centred, along));
    return tf.mul(part, tf.mul(scale, tf.rsqrt(variance)));
  },
  examples: [
    {
      operands: [
        [4, 3, 2],
        [1, 3, 1],
        [4, 3, 2],
      ],
      attributes: { axes: [-3, -1], epsilon: 0.01 },
    },
    {
      operands: [
        [3, 5],
        [3, 1],
        [3, 5],
      ],
      attributes: { axes: [-1], epsilon: 0.1 },
    },
  ],
};

export function normaliseGradient(
  graph: GraphBuilder,
  x: Node,
  scale: Node,
  cotangent: Node,
  settings: Normalisation,
): Node {
  const { axes, epsilon } = settings;
  return graph.apply('normaliseGradient', [x, scale, cotangent], { axes: [...axes], epsilon });
}
