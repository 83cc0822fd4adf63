/** The forward rule that all bilinear ops share. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { add } from './add.ts';
import { operand } from './Op.ts';

/** Product rule: f(ȧ, b) + f(a, ḃ) for an op f that is linear in each of its two operands. */
export function bilinearTangent(
  graph: GraphBuilder,
  node: Node,
  [a = null, b = null]: readonly (Node | null)[],
): Node | null {
  const left = a && graph.apply(node.op, [a, operand(node.operands, 1)], node.attributes);
  const right = b && graph.apply(node.op, [operand(node.operands, 0), b], node.attributes);
  return left && right ? add(graph, left, right) : (left ?? right);
}
