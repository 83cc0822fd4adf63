/** Cross entropy of independent labels, composed of elementary ops. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { multiply } from './multiply.ts';
import { softplus } from './softplus.ts';
import { subtract } from './subtract.ts';

/**
 * −t log σ(x) − (1 − t) log(1 − σ(x)) = softplus(x) − t x, elementwise, stable for any x. Logits x and targets t in [0, 1] of one
 * shape.
 */
export function binaryCrossEntropy(graph: GraphBuilder, logits: Node, targets: Node): Node {
  return subtract(graph, softplus(graph, logits), multiply(graph, targets, logits));
}
