/** Mean over all elements of (prediction − target)², composed of elementary ops. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../graph/Node.ts';
import { scale } from './affine.ts';
import { multiply } from './multiply.ts';
import { subtract } from './subtract.ts';
import { total } from './sum.ts';

/** Scalar; both operands have the same shape, and the mean is over every element, as PyTorch's `mse_loss` takes it. */
export function meanSquaredError(graph: GraphBuilder, prediction: Node, target: Node): Node {
  const difference = subtract(graph, prediction, target);
  return scale(graph, total(graph, multiply(graph, difference, difference)), 1 / sizeOf(difference.shape));
}

/** Mean over all elements, a scalar. */
export function mean(graph: GraphBuilder, x: Node): Node {
  return scale(graph, total(graph, x), 1 / sizeOf(x.shape));
}
