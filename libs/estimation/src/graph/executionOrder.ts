/** Orders of computation in which few values are alive at once. */
import { topologicalOrder, type Graph, type Node } from './Node.ts';

/**
 * Last outputs first, and the deepest operand of each node first: what is computed from little waits for nothing then, and is computed
 * when it is needed. The tangents of a network's last layer come first and free what only they need; in the sum of both halves of the
 * product rule, the half that depends on its direction alone is not kept while the other is computed through all layers.
 */
export function executionOrder(graph: Graph): Node[] {
  return inOrderOfDepth(Object.values(graph.outputs).toReversed(), -1);
}

/** The mirror of `executionOrder`, for engines that go through a graph from its last node back, as ONNX Runtime does. */
export function emissionOrder(graph: Graph): Node[] {
  return inOrderOfDepth(Object.values(graph.outputs), 1);
}

/** Operands by the length of the longest chain of nodes that they end, ascending (1) or descending (-1). */
function inOrderOfDepth(roots: readonly Node[], direction: 1 | -1): Node[] {
  const depths = new Map<number, number>();
  const depth = ({ id }: Node): number => depths.get(id) ?? 0;
  for (const node of topologicalOrder(roots)) depths.set(node.id, 1 + Math.max(0, ...node.operands.map(depth)));
  return topologicalOrder(roots, ({ operands }) => operands.toSorted((a, b) => direction * (depth(a) - depth(b))));
}
