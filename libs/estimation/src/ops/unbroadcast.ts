/** The adjoint of broadcasting. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node, Shape } from '../graph/Node.ts';
import { sameShape } from '../graph/shape.ts';
import { reshape } from './reshape.ts';
import { sum } from './sum.ts';

/** Sums over the axes along which `shape` was repeated to become the node's shape. */
export function unbroadcast(graph: GraphBuilder, node: Node, shape: Shape): Node {
  if (sameShape(node.shape, shape)) return node;
  const extra = node.shape.length - shape.length;
  const axes = node.shape.flatMap((length, axis) => {
    const target = axis < extra ? 0 : shape[axis - extra];
    return axis < extra || (target === 1 && length !== 1) ? [axis - node.shape.length] : [];
  });
  return reshape(graph, sum(graph, node, axes), shape);
}
