/** Layer norm: every example (or token) normalised over its own last axes (Ba, Kiros and Hinton 2016). */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { add } from './add.ts';
import { broadcastTo } from './broadcastTo.ts';
import { multiply } from './multiply.ts';
import { normalise } from './normalise.ts';

export interface LayerNormOptions {
  /** Of the shape of the axes that are normalised, the last ones of x; left out: 1 and 0. */
  readonly scale?: Node;
  readonly shift?: Node;
  /** How many of the last axes. Default 1. */
  readonly rank?: number;
  readonly epsilon?: number;
}

/** scale ⊙ (x − mean) / √(variance + ε) + shift. */
export function layerNorm(
  graph: GraphBuilder,
  x: Node,
  { scale, shift, rank = 1, epsilon = 1e-5 }: LayerNormOptions = {},
): Node {
  const axes = Array.from({ length: rank }, (_, i) => i - rank);
  const statistic = x.shape.map((length, axis) => (axis >= x.shape.length - rank ? 1 : length));
  const constant = (value: number): Node => broadcastTo(graph, graph.constant([value]), statistic);
  const normalised = normalise(graph, x, constant(1), constant(0), { axes, epsilon });
  const scaled = scale ? multiply(graph, normalised, scale) : normalised;
  return shift ? add(graph, scaled, shift) : scaled;
}
