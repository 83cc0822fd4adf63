/** Losses of a difference, elementwise, composed of elementary ops. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { add } from './add.ts';
import { affine, scale } from './affine.ts';
import { heaviside } from './heaviside.ts';
import { multiply } from './multiply.ts';
import { subtract } from './subtract.ts';

/** |prediction − target|. Its derivative at a difference of 0 is 0, as PyTorch's `l1_loss` has it; its second derivative is 0. */
export function absoluteError(graph: GraphBuilder, prediction: Node, target: Node): Node {
  return magnitude(graph, subtract(graph, prediction, target));
}

/** d²/2 for differences d of at most δ, δ (|d| − δ/2) beyond, as PyTorch's `huber_loss`. */
export function huberError(graph: GraphBuilder, prediction: Node, target: Node, delta: number): Node {
  const difference = subtract(graph, prediction, target);
  const size = magnitude(graph, difference);
  const isLarge = heaviside(graph, affine(graph, size, { factor: 1, offset: -delta }));
  const isSmall = affine(graph, isLarge, { factor: -1, offset: 1 });
  const quadratic = scale(graph, multiply(graph, difference, difference), 0.5);
  const linear = affine(graph, size, { factor: delta, offset: (-delta * delta) / 2 });
  return add(graph, multiply(graph, isSmall, quadratic), multiply(graph, isLarge, linear));
}

/** |x| as x · sign(x), the sign a constant to the derivative. */
function magnitude(graph: GraphBuilder, x: Node): Node {
  const sign = subtract(graph, heaviside(graph, x), heaviside(graph, scale(graph, x, -1)));
  return multiply(graph, x, sign);
}
