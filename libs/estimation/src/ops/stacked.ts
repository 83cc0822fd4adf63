/** Values that hold k others along a further axis, and how operands of one op are brought to a common such axis. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node, type Shape } from '../graph/Node.ts';
import { reshape } from './reshape.ts';
import { transpose } from './transpose.ts';

/** `node` holds k values of equal shape along `axis`; null: it is one value, the same for all k. */
export interface Stacked {
  readonly node: Node;
  readonly axis: number | null;
}

/** Shape of one of the k values. */
export function elementShape({ node, axis }: Stacked): Shape {
  return axis === null ? node.shape : node.shape.toSpliced(axis, 1);
}

/** k, or null for a value that is not stacked. */
export function stackLength({ node, axis }: Stacked): number | null {
  return axis === null ? null : (node.shape[axis] ?? null);
}

/** The k values along another axis; free of cost where only axes of length 1 are crossed. */
export function moveStack(graph: GraphBuilder, stacked: Stacked, to: number): Node {
  const { node, axis } = stacked;
  if (axis === null || axis === to) return node;
  const k = node.shape[axis] ?? 1;
  const crossed = node.shape.slice(Math.min(axis, to), Math.max(axis, to) + 1).toSpliced(axis < to ? 0 : -1, 1);
  if (k === 1 || crossed.every((length) => length === 1)) {
    return reshape(graph, node, elementShape(stacked).toSpliced(to, 0, k));
  }
  const others = node.shape.map((_, position) => position).toSpliced(axis, 1);
  return transpose(graph, node, others.toSpliced(to, 0, axis));
}

/**
 * Operands of an op that broadcasts, viewed so that they broadcast with the k values along one axis of the result, whose
 * elements have the given rank. The axis is where the largest operand has it, but at most `last`.
 */
export function alignStacks(
  graph: GraphBuilder,
  operands: readonly Stacked[],
  rank: number,
  last = rank,
): { readonly nodes: readonly Node[]; readonly axis: number } {
  let axis = 0;
  let largest = 0;
  let single = 0;
  for (const stacked of operands) {
    const size = sizeOf(stacked.node.shape);
    if (stacked.axis === null) {
      single = Math.max(single, size);
      continue;
    }
    const natural = stacked.axis + rank - elementShape(stacked).length;
    if (size > largest && natural <= last) {
      axis = natural;
      largest = size;
    }
  }
  // Few numbers per value, which a larger operand repeats, are moved for nothing: to where products and convolutions have them.
  if (largest < single && rank > 1) axis = Math.min(1, last);
  const nodes = operands.map((stacked) => {
    const shape = elementShape(stacked);
    const position = axis - (rank - shape.length); // of the k values among this operand's own axes
    if (stacked.axis === null) {
      return position > 0 ? reshape(graph, stacked.node, shape.toSpliced(position, 0, 1)) : stacked.node;
    }
    const moved = moveStack(graph, stacked, Math.max(position, 0));
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

/** The stack rule of elementwise ops: the same op on aligned operands. */
export function stackElementwise(graph: GraphBuilder, node: Node, operands: readonly Stacked[]): Stacked {
  const { nodes, axis } = alignStacks(graph, operands, node.shape.length);
  return { node: graph.apply(node.op, nodes, node.attributes), axis };
}
