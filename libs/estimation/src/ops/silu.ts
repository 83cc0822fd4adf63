/** x · sigmoid(x), also called swish (Elfwing, Uchibe and Doya, 2018). */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { multiply } from './multiply.ts';
import { sigmoid } from './sigmoid.ts';

export function silu(graph: GraphBuilder, x: Node): Node {
  return multiply(graph, x, sigmoid(graph, x));
}
