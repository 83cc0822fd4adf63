/** Sums and means over axes, and what normalises over axes. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { logSoftmax } from '../../../ops/logSoftmax.ts';
import { meanOver } from '../../../ops/meanProduct.ts';
import { reshape } from '../../../ops/reshape.ts';
import { softmax } from '../../../ops/softmax.ts';
import { sum } from '../../../ops/sum.ts';
import { transpose } from '../../../ops/transpose.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';

/** Over the axes of the node, all of them when none are given. */
function reduce(combine: (graph: GraphBuilder, x: Node, axes: readonly number[]) => Node): Rule {
  return (node: NodeTranslation): Node => {
    const x = node.node(0);
    const rank = x.shape.length;
    const given = node.integers('axes', 1) ?? [];
    if (given.length === 0 && node.number('noop_with_empty_axes', 0) === 1) return x;
    const axes = given.length === 0 ? x.shape.map((_, axis) => axis) : given.map((axis) => node.axis(axis, rank));
    const reduced = combine(
      node.graph,
      x,
      axes.map((axis) => axis - rank),
    );
    if (node.number('keepdims', 1) === 1) return reduced;
    return reshape(
      node.graph,
      reduced,
      x.shape.filter((_, axis) => !axes.includes(axis)),
    );
  };
}

/** A function of the last axis, applied along the axis of the node. */
function alongAxis(f: (graph: GraphBuilder, x: Node) => Node): Rule {
  return (node) => {
    const x = node.node(0);
    const rank = x.shape.length;
    const axis = node.axis(node.number('axis', -1), rank);
    const swapped = x.shape.map((_, position) =>
      position === axis ? rank - 1 : position === rank - 1 ? axis : position,
    );
    return transpose(node.graph, f(node.graph, transpose(node.graph, x, swapped)), swapped);
  };
}

export const reductionRules: Rules = {
  ReduceSum: reduce(sum),
  ReduceMean: reduce(meanOver),
  Softmax: alongAxis(softmax),
  LogSoftmax: alongAxis(logSoftmax),
};
