/** Elements by index, where the indices differ from row to row. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node, Shape } from '../graph/Node.ts';
import { oneHot } from '../ops/oneHot.ts';
import { reshape } from '../ops/reshape.ts';
import { select } from '../ops/select.ts';
import { sum } from '../ops/sum.ts';

/** x [..., L] at indices [..., K] of its last axis: y[..., i] = x[..., indices[..., i]]. An element that is not taken may be infinite. */
export function takeAlong(graph: GraphBuilder, x: Node, indices: Node): Node {
  const length = x.shape.at(-1) ?? 1;
  const chosen = oneHot(graph, indices, length);
  const wide: Shape = [...x.shape.slice(0, -1), 1, length];
  const elements = select(graph, chosen, reshape(graph, x, wide), graph.constant([0]));
  return reshape(graph, sum(graph, elements, [-1]), indices.shape);
}
