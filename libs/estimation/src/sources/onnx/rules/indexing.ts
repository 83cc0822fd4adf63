/** Elements at positions that differ from place to place. */
import { sizeOf, type Node } from '../../../graph/Node.ts';
import { add } from '../../../ops/add.ts';
import { affine } from '../../../ops/affine.ts';
import { broadcastTo } from '../../../ops/broadcastTo.ts';
import { compare } from '../../../ops/compare.ts';
import { gather } from '../../../ops/gather.ts';
import { matmul } from '../../../ops/matmul.ts';
import { multiply } from '../../../ops/multiply.ts';
import { oneHot } from '../../../ops/oneHot.ts';
import { reshape } from '../../../ops/reshape.ts';
import { select } from '../../../ops/select.ts';
import { slice } from '../../../ops/slice.ts';
import { subtract } from '../../../ops/subtract.ts';
import { toFloat } from '../../../ops/toFloat.ts';
import { toInt } from '../../../ops/toInt.ts';
import { takeAlong } from '../../selection.ts';
import { flatIndices, normalisedIndices } from '../indices.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { fromLast, toLast } from './lastAxis.ts';

function gatherElements(node: NodeTranslation): Node {
  const { graph } = node;
  const { shape } = node.value(1);
  const x = node.float(0);
  const axis = node.axis(node.number('axis', 0), x.shape.length);
  const indices = normalisedIndices(node, 1, x.shape[axis] ?? 1);
  const reached = x.shape.reduce((sofar, length, other) => {
    const wanted = shape[other] ?? 1;
    return other === axis || wanted === length ? sofar : slice(graph, sofar, other - shape.length, 0, wanted);
  }, x);
  const taken = takeAlong(graph, toLast(graph, reached, axis), toLast(graph, indices, axis));
  return node.typedAs(fromLast(graph, taken, axis), 0);
}

/** Rows named by tuples of coordinates, after `batch_dims` axes that data and indices share. */
function gatherNd(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.node(0);
  const shared = node.number('batch_dims', 0);
  const { flat, shape, rest, places } = flatIndices(node, x.shape, shared);
  const result = [...shape, ...rest];
  if (shared === 0) {
    const rows = reshape(graph, x, [places, ...rest]);
    return reshape(graph, gather(graph, rows, flat, -1 - rest.length), result);
  }
  const many = sizeOf(x.shape.slice(0, shared));
  const chosen = oneHot(graph, reshape(graph, flat, [many, -1]), places);
  const rows = reshape(graph, toFloat(graph, x), [many, places, sizeOf(rest)]);
  return node.typedAs(reshape(graph, matmul(graph, chosen, rows), result), 0);
}

/** Depth at the end, or along another axis; "off" and "on" may be any numbers. */
function oneHotRule(node: NodeTranslation): Node {
  const { graph } = node;
  const [depth = 1] = node.constant(1).values;
  const chosen = oneHot(graph, normalisedIndices(node, 0, depth), depth);
  const axis = node.axis(node.number('axis', -1), chosen.shape.length);
  const values = node.float(2);
  const [off, on] = [slice(graph, values, -1, 0, 1), slice(graph, values, -1, 1, 2)];
  const between = multiply(graph, fromLast(graph, chosen, axis), subtract(graph, on, off));
  return node.typedAs(add(graph, between, off), 2);
}

/** Each example's first `lens` elements in reverse order, the others as they are. */
function reverseSequence(node: NodeTranslation): Node {
  const { graph } = node;
  const x = node.float(0);
  const [time, batch] = [node.number('time_axis', 0), node.number('batch_axis', 1)];
  if (time + batch !== 1) throw node.failure('BAD_FILE', `time_axis ${time} and batch_axis ${batch} must be 0 and 1`);
  const moved = toLast(graph, x, time);
  const length = x.shape[time] ?? 1;
  const positions = graph.constant(
    Array.from({ length }, (_, i) => i),
    [length],
  );
  const lengths = reshape(graph, node.float(1), [-1, 1]);
  const mirrored = subtract(graph, affine(graph, lengths, { factor: 1, offset: -1 }), positions);
  const inside = compare(graph, positions, 'less', lengths);
  const wanted = select(graph, inside, mirrored, positions);
  const all = broadcastTo(
    graph,
    reshape(graph, wanted, [x.shape[batch] ?? 1, ...moved.shape.slice(1, -1).map(() => 1), length]),
    moved.shape,
  );
  return node.typedAs(fromLast(graph, takeAlong(graph, moved, toInt(graph, all)), time), 0);
}

export const indexingRules: Rules = {
  GatherElements: gatherElements,
  GatherND: gatherNd,
  OneHot: oneHotRule,
  ReverseSequence: reverseSequence,
};
