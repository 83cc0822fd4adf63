/** Functions of the last axis, applied along another one. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { matmul } from '../../../ops/matmul.ts';
import { reshape } from '../../../ops/reshape.ts';
import { transpose } from '../../../ops/transpose.ts';

/** The axes in their order, but the given one last. */
function behind(rank: number, axis: number): number[] {
  return [...Array.from({ length: rank }, (_, position) => position).toSpliced(axis, 1), axis];
}

export function toLast(graph: GraphBuilder, x: Node, axis: number): Node {
  return transpose(graph, x, behind(x.shape.length, axis));
}

/** The reverse of `toLast`. */
export function fromLast(graph: GraphBuilder, x: Node, axis: number): Node {
  const moved = behind(x.shape.length, axis);
  return transpose(
    graph,
    x,
    moved.map((_, position) => moved.indexOf(position)),
  );
}

/** f of the last axis, applied along `axis`. */
export function alongAxis(graph: GraphBuilder, x: Node, axis: number, f: (x: Node) => Node): Node {
  return fromLast(graph, f(toLast(graph, x, axis)), axis);
}

/**
 * A linear map of one axis: y[…, i, …] = Σ_j weight(i, j) x[…, j, …] for i below `length`. Interpolation, running sums, sums over
 * windows and zeros between elements are such maps.
 */
export function mapAxis(
  graph: GraphBuilder,
  x: Node,
  axis: number,
  length: number,
  weight: (to: number, from: number) => number,
): Node {
  const from = x.shape[axis] ?? 1;
  const weights = Array.from({ length: length * from }, (_, i) => weight(i % length, Math.floor(i / length)));
  const matrix = graph.constant(weights, [from, length]);
  return alongAxis(graph, x, axis, (moved) => {
    const rows = matmul(graph, reshape(graph, moved, [-1, from]), matrix);
    return reshape(graph, rows, [...moved.shape.slice(0, -1), length]);
  });
}
