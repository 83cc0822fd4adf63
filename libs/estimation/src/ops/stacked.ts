/** Tangents carry k directions in a leading axis; these align them with primal values for broadcasting. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node, Shape } from '../graph/Node.ts';
import { sameShape } from '../graph/shape.ts';
import { broadcastTo } from './broadcastTo.ts';
import { reshape } from './reshape.ts';
import { sum } from './sum.ts';

/** [k, ...shape] to [k, 1, …, 1, ...shape] so that it broadcasts against a primal value of the given rank. */
export function alignTangent(graph: GraphBuilder, tangent: Node, rank: number): Node {
  const [k = 1, ...shape] = tangent.shape;
  if (shape.length >= rank) return tangent;
  return reshape(graph, tangent, [k, ...Array.from({ length: rank - shape.length }, () => 1), ...shape]);
}

/** Widens a tangent to [k, ...shape] where the op broadcast its operand. */
export function widenTangent(graph: GraphBuilder, tangent: Node, shape: Shape): Node {
  const aligned = alignTangent(graph, tangent, shape.length);
  return broadcastTo(graph, aligned, [aligned.shape[0] ?? 1, ...shape]);
}

/** The reverse of broadcasting: sums over the axes along which `shape` was repeated. */
export function sumTo(graph: GraphBuilder, node: Node, shape: Shape): Node {
  if (sameShape(node.shape, shape)) return node;
  const extra = node.shape.length - shape.length;
  const axes = node.shape.flatMap((length, axis) => {
    const target = axis < extra ? 0 : shape[axis - extra];
    return axis < extra || (target === 1 && length !== 1) ? [axis - node.shape.length] : [];
  });
  return reshape(graph, sum(graph, node, axes), shape);
}
