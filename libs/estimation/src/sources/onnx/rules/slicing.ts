/** Parts of values, values side by side, elements by index. */
import type { Node } from '../../../graph/Node.ts';
import { concat } from '../../../ops/concat.ts';
import { gather } from '../../../ops/gather.ts';
import { pad } from '../../../ops/pad.ts';
import { reshape } from '../../../ops/reshape.ts';
import { slice } from '../../../ops/slice.ts';
import { sliceRanges, splitLengths } from '../axes.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { isNode } from '../Value.ts';

/** Elements at fixed positions of an axis. */
function take(node: NodeTranslation, x: Node, axis: number, positions: readonly number[]): Node {
  return gather(node.graph, x, node.graph.constant(positions, [positions.length], 'int'), axis - x.shape.length);
}

function sliceRule(node: NodeTranslation): Node {
  const x = node.node(0);
  return sliceRanges(node, x.shape).reduce((sofar, { start, length, step }, axis) => {
    if (start === 0 && length === sofar.shape[axis] && step === 1) return sofar;
    if (step === 1) return slice(node.graph, sofar, axis - x.shape.length, start, start + length);
    const positions = Array.from({ length }, (_, i) => start + i * step);
    return take(node, sofar, axis, positions);
  }, x);
}

function split(node: NodeTranslation): Node[] {
  const x = node.node(0);
  const axis = node.axis(node.number('axis', 0), x.shape.length);
  let start = 0;
  return splitLengths(node, x.shape[axis] ?? 0).map((length) => {
    const part = slice(node.graph, x, axis - x.shape.length, start, start + length);
    start += length;
    return part;
  });
}

function concatenate(node: NodeTranslation): Node {
  const parts = Array.from({ length: node.inputCount }, (_, position) => node.node(position));
  const rank = parts[0]?.shape.length ?? 0;
  return concat(node.graph, parts, node.axis(node.number('axis', 0), rank) - rank);
}

/** Embeddings (indices from the data), and parts of values (indices known now). */
function gatherRule(node: NodeTranslation): Node {
  const x = node.node(0);
  const rank = x.shape.length;
  const axis = node.axis(node.number('axis', 0), rank);
  const indices = node.value(1);
  if (isNode(indices)) return gather(node.graph, x, indices, axis - rank);
  const length = x.shape[axis] ?? 0;
  const positions = [...indices.values].map((index) => (index < 0 ? index + length : index));
  const [only = 0] = positions;
  if (positions.length === 1) {
    const part = slice(node.graph, x, axis - rank, only, only + 1);
    return reshape(node.graph, part, x.shape.toSpliced(axis, 1, ...indices.shape));
  }
  const flat = take(node, x, axis, positions);
  return reshape(node.graph, flat, x.shape.toSpliced(axis, 1, ...indices.shape));
}

/** Elements where a fixed condition holds, along an axis or of all elements. */
function compress(node: NodeTranslation): Node {
  const x = node.node(0);
  const positions = [...node.constant(1).values].flatMap((flag, position) => (flag === 0 ? [] : [position]));
  const axis = node.onnx.attributes.get('axis');
  if (axis === undefined) return take(node, reshape(node.graph, x, [-1]), 0, positions);
  return take(node, x, node.axis(Number(axis), x.shape.length), positions);
}

/** Where a position outside of 0 … length − 1 is taken from. */
const borders: Readonly<Record<string, (position: number, length: number) => number>> = {
  edge: (position, length) => Math.min(Math.max(position, 0), length - 1),
  reflect: (position, length) => {
    const beyond = Math.abs(position);
    return beyond < length ? beyond : 2 * (length - 1) - beyond;
  },
  wrap: (position, length) => ((position % length) + length) % length,
};

function padRule(node: NodeTranslation): Node {
  const x = node.node(0);
  const rank = x.shape.length;
  const pads = node.integers('pads', 1) ?? [];
  const axes = (node.integers('axes', 3) ?? x.shape.map((_, axis) => axis)).map((axis) => node.axis(axis, rank));
  const before = x.shape.map((_, axis) => pads[axes.indexOf(axis)] ?? 0);
  const after = x.shape.map((_, axis) => (axes.includes(axis) ? (pads[axes.indexOf(axis) + axes.length] ?? 0) : 0));
  const mode = node.text('mode', 'constant');
  if (mode === 'constant') {
    const value = node.has(2) ? (node.constant(2).values[0] ?? 0) : 0;
    const first = x.shape.findIndex((_, axis) => before[axis] !== 0 || after[axis] !== 0);
    return first < 0 ? x : pad(node.graph, x, { before: before.slice(first), after: after.slice(first), value });
  }
  const from = borders[mode];
  if (!from) throw node.failure('UNSUPPORTED', `mode "${mode}" is not supported`);
  return x.shape.reduce((sofar, length, axis) => {
    const [low, high] = [before[axis] ?? 0, after[axis] ?? 0];
    if (low === 0 && high === 0) return sofar;
    const positions = Array.from({ length: low + length + high }, (_, i) => from(i - low, length));
    return take(node, sofar, axis, positions);
  }, x);
}

export const slicingRules: Rules = {
  Compress: compress,
  Concat: concatenate,
  Gather: gatherRule,
  Pad: padRule,
  Slice: sliceRule,
  Split: split,
};
