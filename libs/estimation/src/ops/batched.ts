/** Nodes that hold k values along a batch axis, and how the operands of one op are brought to a common batch axis. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node, type Shape } from '../graph/Node.ts';
import type { BatchedNode } from '../graph/BatchedNode.ts';
import { reshape } from './reshape.ts';
import { transpose } from './transpose.ts';

/** Shape of one of the k values. */
export function elementShape({ node, axis }: BatchedNode): Shape {
  return axis === null ? node.shape : node.shape.toSpliced(axis, 1);
}

/** k, or null for a value that is not batched. */
export function batchAxisSize({ node, axis }: BatchedNode): number | null {
  return axis === null ? null : (node.shape[axis] ?? null);
}

/** The k values along another axis; free of cost where only axes of length 1 are crossed. */
export function moveBatchAxis(graph: GraphBuilder, batched: BatchedNode, to: number): Node {
  const { node, axis } = batched;
  if (axis === null || axis === to) return node;
  const k = node.shape[axis] ?? 1;
  const crossed = node.shape.slice(Math.min(axis, to), Math.max(axis, to) + 1).toSpliced(axis < to ? 0 : -1, 1);
  if (k === 1 || crossed.every((length) => length === 1)) {
    return reshape(graph, node, elementShape(batched).toSpliced(to, 0, k));
  }
  const others = node.shape.map((_, position) => position).toSpliced(axis, 1);
  return transpose(graph, node, others.toSpliced(to, 0, axis));
}

/**
 * Operands of an op that broadcasts, viewed so that they broadcast with the k values along one axis of the result, whose
 * elements have the given rank. The axis is where the largest operand has it, but at most `last`.
 */
export function alignBatchAxes(
  graph: GraphBuilder,
  operands: readonly BatchedNode[],
  rank: number,
  last = rank,
): { readonly nodes: readonly Node[]; readonly axis: number } {
  let axis = 0;
  let largest = 0;
  let single = 0;
  for (const batched of operands) {
    const size = sizeOf(batched.node.shape);
    if (batched.axis === null) {
      single = Math.max(single, size);
      continue;
    }
    const natural = batched.axis + rank - elementShape(batched).length;
    if (size > largest && natural <= last) {
      axis = natural;
      largest = size;
    }
  }
  // Few numbers per value, which a larger operand repeats, are moved for nothing: to where products and convolutions have them.
  if (largest < single && rank > 1) axis = Math.min(1, last);
  const nodes = operands.map((batched) => {
    const shape = elementShape(batched);
    const position = axis - (rank - shape.length); // of the k values among this operand's own axes
    if (batched.axis === null) {
      return position > 0 ? reshape(graph, batched.node, shape.toSpliced(position, 0, 1)) : batched.node;
    }
    const moved = moveBatchAxis(graph, batched, Math.max(position, 0));
    if (position >= 0) return moved;
    const [k = 1, ...rest] = moved.shape;
    return reshape(graph, moved, [k, ...Array.from({ length: -position }, () => 1), ...rest]);
  });
  return { nodes, axis };
}

/** Axes (-1, -2, …) of a value of the given rank, counted in one that holds k such values along `axis`. */
export function shiftAxes(axes: readonly number[], rank: number, axis: number | null): number[] {
  return axes.map((position) => (axis !== null && position + rank < axis ? position - 1 : position));
}

/** The batching rule of elementwise ops: the same op on aligned operands. */
export function vmapElementwise(graph: GraphBuilder, node: Node, operands: readonly BatchedNode[]): BatchedNode {
  const { nodes, axis } = alignBatchAxes(graph, operands, node.shape.length);
  return { node: graph.apply(node.op, nodes, node.attributes), axis };
}
