/** All axes but the first as one: [N, ...] → [N, D]. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { reshape } from './reshape.ts';

export function flatten(graph: GraphBuilder, x: Node): Node {
  return reshape(graph, x, [x.shape[0] ?? 1, -1]);
}
