/** What normalises along an axis: softmax and its kin. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { logSoftmax } from '../../../ops/logSoftmax.ts';
import { oneHot } from '../../../ops/oneHot.ts';
import { reshape } from '../../../ops/reshape.ts';
import { softmax } from '../../../ops/softmax.ts';
import { topIndices } from '../../../ops/topIndices.ts';
import { flattenTarget } from '../axes.ts';
import type { Rule, Rules } from '../NodeTranslation.ts';
import { alongAxis } from './lastAxis.ts';

/** A function of the last axis, along the axis of the node. Before opset 13: over that axis and all behind it as one. */
function normalising(f: (graph: GraphBuilder, x: Node) => Node): Rule {
  return (node) => {
    const x = node.node(0);
    if (node.scope.opset < 13) {
      return reshape(node.graph, f(node.graph, reshape(node.graph, x, flattenTarget(node, x.shape))), x.shape);
    }
    const axis = node.axis(node.number('axis', -1), x.shape.length);
    return alongAxis(node.graph, x, axis, (moved) => f(node.graph, moved));
  };
}

/** 1 at the first of the largest, else 0. */
function hardmax(graph: GraphBuilder, x: Node): Node {
  const first = reshape(graph, topIndices(graph, x, 1), x.shape.slice(0, -1));
  return oneHot(graph, first, x.shape.at(-1) ?? 1);
}

export const softmaxRules: Rules = {
  Softmax: normalising(softmax),
  LogSoftmax: normalising(logSoftmax),
  Hardmax: normalising(hardmax),
};
