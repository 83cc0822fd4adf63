/** x · weight + bias by the layer's name. */
import type { GraphBuilder } from '../../graph/GraphBuilder.ts';
import type { Node } from '../../graph/Node.ts';
import type { ModelState } from '../../model/ModelState.ts';
import { add } from '../../ops/add.ts';
import { matmul } from '../../ops/matmul.ts';

export function dense(graph: GraphBuilder, state: ModelState, name: string, x: Node): Node {
  return add(graph, matmul(graph, x, state.parameter(`${name}.weight`)), state.parameter(`${name}.bias`));
}
