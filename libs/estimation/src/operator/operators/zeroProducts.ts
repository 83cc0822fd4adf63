/** Products of parameters that a loss does not depend on. */
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import type { Node } from '../../graph/Node.ts';
import { broadcastTo } from '../../ops/broadcastTo.ts';

/** The products along the parameters, zeros where there are none. */
export function orZero(graph: GraphBuilder, along: readonly (Node | null)[], parameters: readonly Node[]): Node[] {
  return parameters.map(({ shape }, position) => along[position] ?? broadcastTo(graph, graph.constant([0]), shape));
}
