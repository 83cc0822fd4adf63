/** Shapes and indices of constants. */
import { sizeOf } from '../../../graph/Node.ts';
import { broadcastShapes } from '../../../graph/shape.ts';
import {
  flattenTarget,
  forThisBatch,
  permutationOf,
  reshapeTarget,
  sliceRanges,
  splitLengths,
  squeezeTarget,
  unsqueezeTarget,
} from '../axes.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { elementTypeOf } from '../tensor.ts';
import { constant, type Constant } from '../Value.ts';
import { expand, rearrange } from './elements.ts';

function reshaped(target: (node: NodeTranslation, from: readonly number[]) => number[]) {
  return (node: NodeTranslation): Constant => {
    const x = node.constant(0);
    return { ...x, shape: target(node, x.shape) };
  };
}

function cut(x: Constant, axis: number, start: number, length: number): Constant {
  const at = (coordinates: readonly number[]) => coordinates.map((c, a) => (a === axis ? c + start : c));
  return rearrange(x, x.shape.with(axis, length), at);
}

function concatenate(node: NodeTranslation): Constant {
  const parts = Array.from({ length: node.inputCount }, (_, position) => node.constant(position));
  const [first] = parts;
  if (!first) throw node.failure('BAD_FILE', 'it has no inputs');
  const axis = node.axis(node.number('axis', 0), first.shape.length);
  const bounds = parts.map(({ shape }) => shape[axis] ?? 0);
  const rows = sizeOf(first.shape.slice(0, axis));
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (const part of parts) {
      const width = part.values.length / rows;
      for (let i = 0; i < width; i++) values.push(part.values[row * width + i] ?? 0);
    }
  }
  const length = bounds.reduce((sum, bound) => sum + bound, 0);
  return { shape: first.shape.with(axis, length), type: first.type, values: Float64Array.from(values) };
}

function gather(node: NodeTranslation): Constant {
  const [x, indices] = [node.constant(0), node.constant(1)];
  const axis = node.axis(node.number('axis', 0), x.shape.length);
  const length = x.shape[axis] ?? 0;
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const rank = indices.shape.length;
  return rearrange(x, shape, (coordinates) => {
    const inner = coordinates.slice(axis, axis + rank);
    const position = inner.reduce((sum, at, i) => sum * (indices.shape[i] ?? 1) + at, 0);
    const index = indices.values[position] ?? 0;
    return [...coordinates.slice(0, axis), index < 0 ? index + length : index, ...coordinates.slice(axis + rank)];
  });
}

function castTo(node: NodeTranslation, type: Constant['type'] | null): Constant {
  const x = node.constant(0);
  if (!type) throw node.failure('UNSUPPORTED', `type ${node.number('to', 0)} is not a number type`);
  const convert = type === 'bool' ? (value: number) => Number(value !== 0) : type === 'int' ? Math.trunc : Number;
  return { shape: x.shape, type, values: x.values.map((value) => convert(value)) };
}

export const shapingFolds: Rules = {
  Identity: (node) => node.constant(0),
  Reshape: reshaped(reshapeTarget),
  Flatten: reshaped(flattenTarget),
  Squeeze: reshaped(squeezeTarget),
  Unsqueeze: reshaped(unsqueezeTarget),
  Cast: (node) => castTo(node, elementTypeOf(node.number('to', 0))),
  CastLike: (node) => castTo(node, node.constant(1).type),
  Concat: concatenate,
  Gather: gather,
  Transpose: (node) => {
    const x = node.constant(0);
    const permutation = permutationOf(node, x.shape);
    const shape = permutation.map((axis) => x.shape[axis] ?? 1);
    return rearrange(x, shape, (coordinates) => x.shape.map((_, axis) => coordinates[permutation.indexOf(axis)] ?? 0));
  },
  Slice: (node) => {
    const x = node.constant(0);
    const ranges = sliceRanges(node, x.shape);
    const shape = ranges.map(({ length }) => length);
    return rearrange(x, shape, (coordinates) =>
      coordinates.map((at, axis) => (ranges[axis]?.start ?? 0) + at * (ranges[axis]?.step ?? 1)),
    );
  },
  Split: (node) => {
    const x = node.constant(0);
    const axis = node.axis(node.number('axis', 0), x.shape.length);
    let start = 0;
    return splitLengths(node, x.shape[axis] ?? 0).map((length) => {
      const part = cut(x, axis, start, length);
      start += length;
      return part;
    });
  },
  Expand: (node) => {
    const x = node.constant(0);
    const target = forThisBatch(node, x.shape, [...node.constant(1).values]);
    return expand(x, broadcastShapes('Expand', x.shape, target));
  },
  Tile: (node) => {
    const x = node.constant(0);
    const shape = x.shape.map((length, axis) => length * (node.constant(1).values[axis] ?? 1));
    return rearrange(x, shape, (coordinates) => coordinates.map((at, axis) => at % (x.shape[axis] ?? 1)));
  },
  ConstantOfShape: (node) => {
    const value = node.onnx.attributes.get('value');
    const [fill, type] =
      typeof value === 'object' && 'values' in value && 'type' in value
        ? [value.values[0] ?? 0, value.type]
        : ([0, 'float'] as const);
    return constant(type, [...node.constant(0).values], () => fill);
  },
  Range: (node) => {
    const [start = 0, limit = 0, delta = 1] = [0, 1, 2].map((position) => node.constant(position).values[0] ?? 0);
    const length = Math.max(0, Math.ceil((limit - start) / delta));
    return constant(node.constant(0).type, [length], (i) => start + i * delta);
  },
  Trilu: (node) => {
    const x = node.constant(0);
    const [rows = 1, columns = 1] = x.shape.slice(-2);
    const diagonal = node.has(1) ? (node.constant(1).values[0] ?? 0) : 0;
    const upper = node.number('upper', 1) === 1;
    const values = x.values.map((value, position) => {
      const [row, column] = [Math.floor(position / columns) % rows, position % columns];
      return (upper ? column - row >= diagonal : column - row <= diagonal) ? value : 0;
    });
    return { ...x, values };
  },
};
