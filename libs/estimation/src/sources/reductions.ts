/** Reductions that are composed of ops. Axes are given as -1 (last), -2, …; results keep the rank. */
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Node } from '../graph/Node.ts';
import { add } from '../ops/add.ts';
import { scale } from '../ops/affine.ts';
import { exp } from '../ops/exp.ts';
import { log } from '../ops/log.ts';
import { maxPool2d } from '../ops/maxPool2d.ts';
import { multiply } from '../ops/multiply.ts';
import { reshape } from '../ops/reshape.ts';
import { select } from '../ops/select.ts';
import { slice } from '../ops/slice.ts';
import { sqrt } from '../ops/sqrt.ts';
import { heaviside } from '../ops/heaviside.ts';
import { stopGradient } from '../ops/stopGradient.ts';
import { subtract } from '../ops/subtract.ts';
import { sum } from '../ops/sum.ts';
import { transpose } from '../ops/transpose.ts';
import { isInfinite } from './mathematics.ts';

type Reduction = (graph: GraphBuilder, x: Node, axes: readonly number[]) => Node;

/** From a reduction of rows, [M, L] → [M, 1]. */
function byRows(reduceRows: (graph: GraphBuilder, rows: Node) => Node): Reduction {
  return (graph, x, axes) => {
    if (axes.length === 0) return x;
    const rank = x.shape.length;
    const reduced = x.shape.map((_, axis) => axes.includes(axis - rank));
    const order = x.shape.map((_, axis) => axis).sort((a, b) => Number(reduced[a]) - Number(reduced[b]) || a - b);
    const lengths = x.shape.map((length, axis) => (reduced[axis] ? 1 : length));
    const rows = reshape(graph, transpose(graph, x, order), [sizeOf(lengths), -1]);
    return reshape(graph, reduceRows(graph, rows), lengths);
  };
}

/** The derivative goes to the first of the largest. */
export const largest: Reduction = byRows((graph, rows) => maxPool2d(graph, rows, [1, rows.shape[1] ?? 1]));

export const smallest: Reduction = (graph, x, axes) => scale(graph, largest(graph, scale(graph, x, -1), axes), -1);

/** By halves, so that no quotient is needed: its derivatives are right where elements are 0. */
export const product: Reduction = byRows(function halve(graph, rows): Node {
  const length = rows.shape[1] ?? 1;
  if (length === 1) return rows;
  const half = Math.floor(length / 2);
  const pairs = multiply(graph, slice(graph, rows, -1, 0, half), slice(graph, rows, -1, half, 2 * half));
  const halved = halve(graph, pairs);
  return length % 2 === 0 ? halved : multiply(graph, halved, slice(graph, rows, -1, length - 1, length));
});

export const sumOfSquares: Reduction = (graph, x, axes) => sum(graph, multiply(graph, x, x), axes);

/** √Σx²; its derivative at 0 is taken as 0, as in PyTorch. */
export const euclideanNorm: Reduction = (graph, x, axes) => {
  const squares = sumOfSquares(graph, x, axes);
  const positive = heaviside(graph, squares);
  const root = sqrt(graph, select(graph, positive, squares, graph.constant([1])));
  return multiply(graph, positive, root);
};

export const logSum: Reduction = (graph, x, axes) => log(graph, sum(graph, x, axes));

/** log Σ exp(x), with the largest taken out first; −∞ where all are. */
export const logSumExp: Reduction = (graph, x, axes) => {
  const most = stopGradient(graph, largest(graph, x, axes));
  const finite = select(graph, isInfinite(graph, most), graph.constant([0]), most);
  return add(graph, finite, log(graph, sum(graph, exp(graph, subtract(graph, x, finite)), axes)));
};
