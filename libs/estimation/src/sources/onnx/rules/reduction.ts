/** Sums, products, norms and extrema over axes. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { meanOver } from '../../../ops/meanProduct.ts';
import { reshape } from '../../../ops/reshape.ts';
import { sum } from '../../../ops/sum.ts';
import { absolute } from '../../activations.ts';
import { euclideanNorm, largest, logSum, logSumExp, product, smallest, sumOfSquares } from '../../reductions.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';

/** The axes of a reduction, counted from the start; null: none are reduced. */
export function reducedAxes(node: NodeTranslation, rank: number): number[] | null {
  const given = node.integers('axes', 1) ?? [];
  if (given.length > 0) return given.map((axis) => node.axis(axis, rank));
  return node.number('noop_with_empty_axes', 0) === 1 ? null : Array.from({ length: rank }, (_, axis) => axis);
}

/** Over the axes of the node, all of them when none are given. `combine` takes axes from the end and keeps the rank. */
function reduce(combine: (graph: GraphBuilder, x: Node, axes: readonly number[]) => Node): Rule {
  return (node) => {
    const x = node.float(0);
    const rank = x.shape.length;
    const axes = reducedAxes(node, rank);
    const reduced = combine(
      node.graph,
      x,
      (axes ?? []).map((axis) => axis - rank),
    );
    const kept = node.number('keepdims', 1) === 1 || axes === null;
    const shape = kept ? reduced.shape : x.shape.filter((_, axis) => !axes.includes(axis));
    return node.typedAs(reshape(node.graph, reduced, shape), 0);
  };
}

export const reductionRules: Rules = {
  ReduceSum: reduce(sum),
  ReduceMean: reduce(meanOver),
  ReduceSumSquare: reduce(sumOfSquares),
  ReduceL1: reduce((graph, x, axes) => sum(graph, absolute(graph, x), axes)),
  ReduceL2: reduce(euclideanNorm),
  ReduceLogSum: reduce(logSum),
  ReduceLogSumExp: reduce(logSumExp),
  ReduceProd: reduce(product),
  ReduceMax: reduce(largest),
  ReduceMin: reduce(smallest),
};
