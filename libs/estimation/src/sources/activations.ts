/** Nonlinear functions that files name and that are composed of ops. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { add } from '../ops/add.ts';
import { affine, scale } from '../ops/affine.ts';
import { elu } from '../ops/elu.ts';
import { multiply } from '../ops/multiply.ts';
import { reciprocal } from '../ops/reciprocal.ts';
import { relu } from '../ops/relu.ts';
import { sigmoid } from '../ops/sigmoid.ts';
import { softplus } from '../ops/softplus.ts';
import { heaviside } from '../ops/heaviside.ts';
import { subtract } from '../ops/subtract.ts';
import { tanh } from '../ops/tanh.ts';

/** x held within [lowest, highest]; either may be infinite. */
export function clip(graph: GraphBuilder, x: Node, lowest: number, highest: number): Node {
  const atLeast = (y: Node): Node =>
    affine(graph, relu(graph, affine(graph, y, { factor: 1, offset: -lowest })), { factor: 1, offset: lowest });
  const atMost = (y: Node): Node =>
    affine(graph, relu(graph, affine(graph, y, { factor: -1, offset: highest })), { factor: -1, offset: highest });
  const above = Number.isFinite(lowest) ? atLeast(x) : x;
  return Number.isFinite(highest) ? atMost(above) : above;
}

/** |x| */
export function absolute(graph: GraphBuilder, x: Node): Node {
  return add(graph, relu(graph, x), relu(graph, scale(graph, x, -1)));
}

/** αx + β held within [0, 1]. */
export function hardSigmoid(graph: GraphBuilder, x: Node, alpha = 0.2, beta = 0.5): Node {
  return clip(graph, affine(graph, x, { factor: alpha, offset: beta }), 0, 1);
}

/** The fixed point of mean 0 and variance 1 (Klambauer et al., Self-Normalizing Neural Networks, 2017). */
export const seluAlpha = 1.6732632423543772;
export const seluGamma = 1.0507009873554805;

export function selu(graph: GraphBuilder, x: Node, alpha = seluAlpha, gamma = seluGamma): Node {
  return scale(graph, elu(graph, x, alpha), gamma);
}

/** x where x > 0, else α (exp(x / α) − 1) (Barron 2017). */
export function celu(graph: GraphBuilder, x: Node, alpha: number): Node {
  return scale(graph, elu(graph, scale(graph, x, 1 / alpha)), alpha);
}

/** x where x > 0, else slope · x. */
export function parametricRelu(graph: GraphBuilder, x: Node, slope: Node): Node {
  return subtract(graph, relu(graph, x), multiply(graph, slope, relu(graph, scale(graph, x, -1))));
}

/** x where x > α, else 0. */
export function thresholdedRelu(graph: GraphBuilder, x: Node, alpha: number): Node {
  return multiply(graph, x, heaviside(graph, affine(graph, x, { factor: 1, offset: -alpha })));
}

/** x − bias above λ, x + bias below −λ, 0 between. */
export function shrink(graph: GraphBuilder, x: Node, lambda: number, bias: number): Node {
  const above = heaviside(graph, affine(graph, x, { factor: 1, offset: -lambda }));
  const below = heaviside(graph, affine(graph, x, { factor: -1, offset: -lambda }));
  const kept = multiply(graph, x, add(graph, above, below));
  return subtract(graph, kept, scale(graph, subtract(graph, above, below), bias));
}

/** x · sigmoid(αx). */
export function swish(graph: GraphBuilder, x: Node, alpha: number): Node {
  return multiply(graph, x, sigmoid(graph, scale(graph, x, alpha)));
}

/** x tanh(log(1 + eˣ)) (Misra 2019). */
export function mish(graph: GraphBuilder, x: Node): Node {
  return multiply(graph, x, tanh(graph, softplus(graph, x)));
}

/** x / (1 + |x|) */
export function softsign(graph: GraphBuilder, x: Node): Node {
  return multiply(graph, x, reciprocal(graph, affine(graph, absolute(graph, x), { factor: 1, offset: 1 })));
}
