/** Sequences of values, as exporters write lists of tensors. */
import type { Node } from '../../../graph/Node.ts';
import { concat } from '../../../ops/concat.ts';
import { reshape } from '../../../ops/reshape.ts';
import { slice } from '../../../ops/slice.ts';
import { fromStart } from '../indices.ts';
import { Sequence, type NodeTranslation, type Rules } from '../NodeTranslation.ts';
import { integers, type Value } from '../Value.ts';

/** Parts of given lengths along an axis; of length 1, without the axis where `keepdims` is 0, when none are given. */
function split(node: NodeTranslation): Sequence {
  const { graph } = node;
  const x = node.node(0);
  const axis = node.axis(node.number('axis', 0), x.shape.length);
  const whole = x.shape[axis] ?? 0;
  const given = node.has(1) ? node.constant(1) : null;
  const each = given === null ? 1 : given.shape.length === 0 ? (given.values[0] ?? 1) : null;
  const lengths =
    each === null
      ? [...(given?.values ?? [])]
      : Array.from({ length: Math.ceil(whole / each) }, (_, part) => Math.min(each, whole - part * each));
  const drops = given === null && node.number('keepdims', 1) === 0;
  let start = 0;
  const parts = lengths.map((length) => {
    const part = slice(graph, x, axis - x.shape.length, start, start + length);
    start += length;
    return drops ? reshape(graph, part, x.shape.toSpliced(axis, 1)) : part;
  });
  return new Sequence(parts);
}

function indexIn(node: NodeTranslation, position: number, length: number): number {
  return fromStart(node.constant(position).values[0] ?? 0, length);
}

function at(node: NodeTranslation): Value {
  const items = node.sequence(0);
  const item = items[indexIn(node, 1, items.length)];
  if (!item) throw node.failure('SHAPE', `it takes an item that a sequence of ${items.length} does not have`);
  return item;
}

function joined(node: NodeTranslation): Node {
  const { graph } = node;
  const parts = node.sequence(0).map((item) => node.asNode(item));
  const rank = parts[0]?.shape.length ?? 0;
  if (node.number('new_axis', 0) === 0) return concat(graph, parts, node.axis(node.number('axis', 0), rank) - rank);
  const axis = node.axis(node.number('axis', 0), rank + 1);
  const apart = parts.map((part) => reshape(graph, part, part.shape.toSpliced(axis, 0, 1)));
  return concat(graph, apart, axis - rank - 1);
}

export const sequenceRules: Rules = {
  SplitToSequence: split,
  SequenceConstruct: (node) => new Sequence(Array.from({ length: node.inputCount }, (_, i) => node.value(i))),
  SequenceEmpty: () => new Sequence([]),
  SequenceInsert: (node) => {
    const items = node.sequence(0);
    const index = node.has(2) ? indexIn(node, 2, items.length) : items.length;
    return new Sequence(items.toSpliced(index, 0, node.value(1)));
  },
  SequenceErase: (node) => {
    const items = node.sequence(0);
    return new Sequence(items.toSpliced(node.has(1) ? indexIn(node, 1, items.length) : items.length - 1, 1));
  },
  SequenceLength: (node) => integers([node.sequence(0).length], []),
  SequenceAt: at,
  ConcatFromSequence: joined,
};
