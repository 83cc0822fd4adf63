/** Orders along an axis: the largest, their positions, running sums and products. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node } from '../../../graph/Node.ts';
import { multiply } from '../../../ops/multiply.ts';
import { pad } from '../../../ops/pad.ts';
import { reshape } from '../../../ops/reshape.ts';
import { topIndices } from '../../../ops/topIndices.ts';
import { takeAlong } from '../../selection.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';
import { alongAxis, fromLast, mapAxis, toLast } from './lastAxis.ts';

function topK(node: NodeTranslation): Node[] {
  const { graph } = node;
  const x = node.float(0);
  const axis = node.axis(node.number('axis', -1), x.shape.length);
  const [count = 1] = node.integers('k', 1) ?? [node.number('k', 1)];
  const moved = toLast(graph, x, axis);
  const indices = topIndices(graph, moved, count, node.number('largest', 1) === 1);
  const values = takeAlong(graph, moved, indices);
  return [node.typedAs(fromLast(graph, values, axis), 0), fromLast(graph, indices, axis)];
}

/** Position of the largest or smallest element of an axis: the first one, or the last on request. */
function position(largest: boolean): Rule {
  return (node) => {
    const { graph } = node;
    const x = node.float(0);
    const axis = node.axis(node.number('axis', 0), x.shape.length);
    if (node.number('select_last_index', 0) === 1) {
      throw node.failure('UNSUPPORTED', 'select_last_index is not supported; export it with select_last_index=0');
    }
    const found = fromLast(graph, topIndices(graph, toLast(graph, x, axis), 1, largest), axis);
    return node.number('keepdims', 1) === 1 ? found : reshape(graph, found, x.shape.toSpliced(axis, 1));
  };
}

interface Running {
  readonly axis: number;
  readonly reverse: boolean;
  readonly exclusive: boolean;
}

function running(node: NodeTranslation, x: Node): Running {
  return {
    axis: node.axis(node.constant(1).values[0] ?? 0, x.shape.length),
    reverse: node.number('reverse', 0) === 1,
    exclusive: node.number('exclusive', 0) === 1,
  };
}

function runningSum(node: NodeTranslation): Node {
  const x = node.float(0);
  const { axis, reverse, exclusive } = running(node, x);
  const adds = (to: number, from: number): boolean => {
    const ahead = reverse ? from - to : to - from;
    return exclusive ? ahead > 0 : ahead >= 0;
  };
  const length = x.shape[axis] ?? 1;
  return node.typedAs(
    mapAxis(node.graph, x, axis, length, (to, from) => Number(adds(to, from))),
    0,
  );
}

/** The last axis moved by a distance, with 1 where nothing comes in. */
function shifted(graph: GraphBuilder, x: Node, distance: number): Node {
  return pad(graph, x, { before: [distance], after: [-distance], value: 1 });
}

/** By doubling: after each step every element is the product of twice as many. */
function runningProduct(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.float(0);
  const { axis, reverse, exclusive } = running(node, x);
  const length = x.shape[axis] ?? 1;
  const direction = reverse ? -1 : 1;
  const result = alongAxis(graph, x, axis, (moved) => {
    let sofar = exclusive ? shifted(graph, moved, direction) : moved;
    for (let distance = 1; distance < length; distance *= 2) {
      sofar = multiply(graph, sofar, shifted(graph, sofar, direction * distance));
    }
    return sofar;
  });
  return node.typedAs(result, 0);
}

export const orderingRules: Rules = {
  TopK: topK,
  ArgMax: position(true),
  ArgMin: position(false),
  CumSum: runningSum,
  CumProd: runningProduct,
};
