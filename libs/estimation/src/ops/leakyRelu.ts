/** x where x > 0, else slope · x; its derivative at 0 is taken as the slope. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { affine } from './affine.ts';
import { multiply } from './multiply.ts';
import { heaviside } from './heaviside.ts';

export function leakyRelu(graph: GraphBuilder, x: Node, slope = 0.01): Node {
  return multiply(graph, x, affine(graph, heaviside(graph, x), { factor: 1 - slope, offset: slope }));
}
