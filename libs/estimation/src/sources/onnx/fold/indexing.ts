/** Elements of constants by position, and constants made from positions. */
import { fromStart } from '../indices.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { constant, integers, type Constant } from '../Value.ts';
import { forEachCoordinate, rearrange, stridesOf } from './elements.ts';

/** Coordinates of what is not zero, [rank, count]. */
function nonZero(node: NodeTranslation): Constant {
  const x = node.constant(0);
  const found: number[][] = [];
  forEachCoordinate(x.shape, (coordinates, position) => {
    if (x.values[position] !== 0) found.push([...coordinates]);
  });
  const rank = x.shape.length;
  const values = Array.from({ length: rank }, (_, axis) => found.map((coordinates) => coordinates[axis] ?? 0));
  return integers(values.flat(), [rank, found.length]);
}

function gatherElements(node: NodeTranslation): Constant {
  const [x, indices] = [node.constant(0), node.constant(1)];
  const axis = node.axis(node.number('axis', 0), x.shape.length);
  const strides = stridesOf(indices.shape);
  return rearrange(x, indices.shape, (at) => {
    const position = at.reduce((sum, coordinate, i) => sum + coordinate * (strides[i] ?? 0), 0);
    return at.map((coordinate, i) =>
      i === axis ? fromStart(indices.values[position] ?? 0, x.shape[axis] ?? 1) : coordinate,
    );
  });
}

/** The tuple of an index tensor at some coordinates of its leading axes. */
function tupleAt(indices: Constant, x: Constant, leading: readonly number[], shared: number): number[] {
  const width = indices.shape.at(-1) ?? 1;
  const strides = stridesOf(indices.shape.slice(0, -1));
  const row = leading.reduce((sum, coordinate, i) => sum + coordinate * (strides[i] ?? 0), 0);
  return Array.from({ length: width }, (_, i) =>
    fromStart(indices.values[row * width + i] ?? 0, x.shape[shared + i] ?? 1),
  );
}

function gatherNd(node: NodeTranslation): Constant {
  const [x, indices] = [node.constant(0), node.constant(1)];
  const shared = node.number('batch_dims', 0);
  const leading = indices.shape.length - 1;
  const rest = x.shape.slice(shared + (indices.shape.at(-1) ?? 1));
  return rearrange(x, [...indices.shape.slice(0, -1), ...rest], (at) => {
    const tuple = tupleAt(indices, x, at.slice(0, leading), shared);
    return [...at.slice(0, shared), ...tuple, ...at.slice(leading)];
  });
}

type Combine = (old: number, update: number) => number;
const combinations: Readonly<Record<string, Combine>> = {
  none: (_, update) => update,
  add: (old, update) => old + update,
  mul: (old, update) => old * update,
  max: Math.max,
  min: Math.min,
};

/** Puts every update where `place` says, one after the other. */
function scattered(node: NodeTranslation, place: (at: readonly number[]) => readonly number[]): Constant {
  const [x, updates] = [node.constant(0), node.constant(2)];
  const combine = combinations[node.text('reduction', 'none')] ?? ((_, update) => update);
  const strides = stridesOf(x.shape);
  const values = Float64Array.from(x.values);
  forEachCoordinate(updates.shape, (at, position) => {
    const target = place(at).reduce((sum, coordinate, axis) => sum + coordinate * (strides[axis] ?? 0), 0);
    values[target] = combine(values[target] ?? 0, updates.values[position] ?? 0);
  });
  return { ...x, values };
}

function scatterNd(node: NodeTranslation): Constant {
  const [x, indices] = [node.constant(0), node.constant(1)];
  const leading = indices.shape.length - 1;
  return scattered(node, (at) => [...tupleAt(indices, x, at.slice(0, leading), 0), ...at.slice(leading)]);
}

function scatterElements(node: NodeTranslation): Constant {
  const [x, indices] = [node.constant(0), node.constant(1)];
  const axis = node.axis(node.number('axis', 0), x.shape.length);
  const strides = stridesOf(indices.shape);
  return scattered(node, (at) => {
    const position = at.reduce((sum, coordinate, i) => sum + coordinate * (strides[i] ?? 0), 0);
    return at.map((coordinate, i) =>
      i === axis ? fromStart(indices.values[position] ?? 0, x.shape[axis] ?? 1) : coordinate,
    );
  });
}

function oneHot(node: NodeTranslation): Constant {
  const [indices, values] = [node.constant(0), node.constant(2)];
  const [depth = 1] = node.constant(1).values;
  const [off = 0, on = 1] = values.values;
  const flat = constant(values.type, [...indices.shape, depth], (position) => {
    const index = fromStart(indices.values[Math.floor(position / depth)] ?? 0, depth);
    return position % depth === index ? on : off;
  });
  const axis = node.axis(node.number('axis', -1), flat.shape.length);
  return rearrange(flat, indices.shape.toSpliced(axis, 0, depth), (at) => [
    ...at.slice(0, axis),
    ...at.slice(axis + 1),
    at[axis] ?? 0,
  ]);
}

function eyeLike(node: NodeTranslation): Constant {
  const { shape, type } = node.value(0);
  const [, columns = 1] = shape;
  const diagonal = node.number('k', 0);
  return constant(type, shape, (position) =>
    Number((position % columns) - Math.floor(position / columns) === diagonal),
  );
}

export const indexingFolds: Rules = {
  NonZero: nonZero,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  Scatter: scatterElements,
  ScatterElements: scatterElements,
  ScatterND: scatterNd,
  OneHot: oneHot,
  EyeLike: eyeLike,
};
