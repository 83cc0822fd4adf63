/** Axes and ranges of the shaping operators, shared by constants and graph nodes. */
import type { Shape } from '../../graph/Node.ts';
import { resolveReshape } from '../../graph/shape.ts';
import type { NodeTranslation } from './NodeTranslation.ts';

/** The target of a Reshape: 0 copies a length, -1 follows from the others. */
export function reshapeTarget(node: NodeTranslation, from: Shape): number[] {
  const allowZero = node.number('allowzero', 0) === 1;
  const target = [...node.constant(1).values].map((length, axis) =>
    length === 0 && !allowZero ? (from[axis] ?? 0) : length,
  );
  return resolveReshape(from, forThisBatch(node, from, target));
}

/** A length that the exporter fixed to its own number of examples becomes that of this batch. */
export function forThisBatch(node: NodeTranslation, from: Shape, target: readonly number[]): number[] {
  const { examples, exportedExamples } = node.scope;
  const fixed = exportedExamples !== null && target[0] === exportedExamples && from[0] === examples;
  return fixed ? [examples, ...target.slice(1)] : [...target];
}

export function flattenTarget(node: NodeTranslation, from: Shape): number[] {
  const given = node.number('axis', 1);
  const axis = given < 0 ? given + from.length : given;
  const size = (lengths: Shape): number => lengths.reduce((product, length) => product * length, 1);
  return [size(from.slice(0, axis)), size(from.slice(axis))];
}

export function squeezeTarget(node: NodeTranslation, from: Shape): number[] {
  const axes = node.integers('axes', 1)?.map((axis) => node.axis(axis, from.length));
  const dropped = axes ?? from.flatMap((length, axis) => (length === 1 ? [axis] : []));
  const bad = dropped.find((axis) => from[axis] !== 1);
  if (bad !== undefined) throw node.failure('SHAPE', `axis ${bad} of [${from.join(', ')}] is not of length 1`);
  return from.filter((_, axis) => !dropped.includes(axis));
}

export function unsqueezeTarget(node: NodeTranslation, from: Shape): number[] {
  const axes = node.integers('axes', 1) ?? [];
  const rank = from.length + axes.length;
  const added = axes.map((axis) => node.axis(axis, rank)).sort((a, b) => a - b);
  return added.reduce<number[]>((shape, axis) => shape.toSpliced(axis, 0, 1), [...from]);
}

export function permutationOf(node: NodeTranslation, from: Shape): number[] {
  return node.integers('perm') ?? from.map((_, axis) => from.length - 1 - axis);
}

export interface SliceRange {
  readonly start: number;
  /** Elements taken. */
  readonly length: number;
  readonly step: number;
}

/** One range for every axis of a Slice. */
export function sliceRanges(node: NodeTranslation, from: Shape): SliceRange[] {
  const starts = node.integers('starts', 1) ?? [];
  const ends = node.integers('ends', 2) ?? [];
  const axes = node.integers('axes', 3) ?? starts.map((_, axis) => axis);
  const steps = node.integers('steps', 4) ?? starts.map(() => 1);
  const ranges: SliceRange[] = from.map((length) => ({ start: 0, length, step: 1 }));
  axes.forEach((given, position) => {
    const axis = node.axis(given, from.length);
    ranges[axis] = rangeOf(starts[position] ?? 0, ends[position] ?? 0, steps[position] ?? 1, from[axis] ?? 0);
  });
  return ranges;
}

/** As NumPy's start:end:step. */
function rangeOf(start: number, end: number, step: number, size: number): SliceRange {
  const clamp = (at: number): number => {
    const fromStart = at < 0 ? at + size : at;
    return step > 0 ? Math.min(Math.max(fromStart, 0), size) : Math.min(Math.max(fromStart, -1), size - 1);
  };
  const first = clamp(start);
  return { start: first, length: Math.max(0, Math.ceil((clamp(end) - first) / step)), step };
}

/** Lengths of the parts of a Split. */
export function splitLengths(node: NodeTranslation, length: number): number[] {
  const given = node.integers('split', 1);
  if (given) return given;
  const parts = node.onnx.outputs.length;
  const each = Math.ceil(length / parts);
  return Array.from({ length: parts }, (_, part) => Math.min(each, length - part * each));
}
