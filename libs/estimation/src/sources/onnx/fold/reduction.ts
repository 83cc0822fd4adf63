/** Reductions and orders of constants along axes. */
import { sizeOf, type Shape } from '../../../graph/Node.ts';
import type { NodeTranslation, Rule, Rules } from '../NodeTranslation.ts';
import { reducedAxes } from '../rules/reduction.ts';
import { integers, type Constant } from '../Value.ts';
import { forEachCoordinate, rearrange, stridesOf } from './elements.ts';

/** Every group of elements that is reduced to one, and the shape of the groups. */
function groups(x: Constant, axes: readonly number[]): { readonly shape: Shape; readonly members: number[][] } {
  const shape = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  const strides = stridesOf(shape);
  const members = Array.from({ length: sizeOf(shape) }, (): number[] => []);
  forEachCoordinate(x.shape, (coordinates, position) => {
    const group = coordinates.reduce((sum, at, axis) => sum + (axes.includes(axis) ? 0 : at * (strides[axis] ?? 0)), 0);
    members[group]?.push(x.values[position] ?? 0);
  });
  return { shape, members };
}

function withoutAxes(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  return keep ? shape : shape.filter((_, axis) => !axes.includes(axis));
}

function reduce(f: (members: readonly number[]) => number): Rule {
  return (node) => {
    const x = node.constant(0);
    const axes = reducedAxes(node, x.shape.length);
    if (axes === null) return x;
    const { shape, members } = groups(x, axes);
    const kept = withoutAxes(shape, axes, node.number('keepdims', 1) === 1);
    return { shape: kept, type: x.type, values: Float64Array.from(members, f) };
  };
}

/** Position of the largest or smallest: the first one, or the last on request. */
function position(better: (a: number, b: number) => boolean): Rule {
  return (node) => {
    const x = node.constant(0);
    const axis = node.axis(node.number('axis', 0), x.shape.length);
    const last = node.number('select_last_index', 0) === 1;
    const { shape, members } = groups(x, [axis]);
    const found = members.map((group) =>
      group.reduce((best, value, i) => {
        const current = group[best] ?? 0;
        return better(value, current) || (last && value === current) ? i : best;
      }, 0),
    );
    return integers(found, withoutAxes(shape, [axis], node.number('keepdims', 1) === 1));
  };
}

/** A running sum or product along an axis. */
function running(f: (a: number, b: number) => number, start: number): Rule {
  return (node) => {
    const x = node.constant(0);
    const axis = node.axis(node.constant(1).values[0] ?? 0, x.shape.length);
    const [reverse, exclusive] = [node.number('reverse', 0) === 1, node.number('exclusive', 0) === 1];
    const { members } = groups(x, [axis]);
    const length = x.shape[axis] ?? 1;
    const lines = members.map((line) => {
      const ordered = reverse ? line.toReversed() : line;
      let sofar = start;
      const sums = ordered.map((value) => {
        const before = sofar;
        sofar = f(sofar, value);
        return exclusive ? before : sofar;
      });
      return reverse ? sums.toReversed() : sums;
    });
    // The lines are those of the other axes in their order: with the axis last they lie one after the other.
    const others = x.shape.toSpliced(axis, 1);
    const flat = { shape: [...others, length], type: x.type, values: Float64Array.from(lines.flat()) };
    return rearrange(flat, x.shape, (at) => [...at.slice(0, axis), ...at.slice(axis + 1), at[axis] ?? 0]);
  };
}

function topK(node: NodeTranslation): Constant[] {
  const x = node.constant(0);
  const axis = node.axis(node.number('axis', -1), x.shape.length);
  const [count = 1] = node.integers('k', 1) ?? [node.number('k', 1)];
  const sign = node.number('largest', 1) === 1 ? -1 : 1;
  const { members } = groups(x, [axis]);
  const chosen = members.map((line) =>
    line
      .map((_, i) => i)
      .sort((a, b) => sign * ((line[a] ?? 0) - (line[b] ?? 0)) || a - b)
      .slice(0, count),
  );
  const laidOut = (type: Constant['type'], lines: readonly (readonly number[])[]): Constant => {
    const flat = { shape: [...x.shape.toSpliced(axis, 1), count], type, values: Float64Array.from(lines.flat()) };
    return rearrange(flat, x.shape.with(axis, count), (at) => [
      ...at.slice(0, axis),
      ...at.slice(axis + 1),
      at[axis] ?? 0,
    ]);
  };
  const values = chosen.map((line, i) => line.map((at) => members[i]?.[at] ?? 0));
  return [laidOut(x.type, values), laidOut('int', chosen)];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const reductionFolds: Rules = {
  ReduceSum: reduce(sum),
  ReduceMean: reduce((values) => sum(values) / values.length),
  ReduceProd: reduce((values) => values.reduce((product, value) => product * value, 1)),
  ReduceMax: reduce((values) => values.reduce((a, b) => Math.max(a, b), -Infinity)),
  ReduceMin: reduce((values) => values.reduce((a, b) => Math.min(a, b), Infinity)),
  ArgMax: position((a, b) => a > b),
  ArgMin: position((a, b) => a < b),
  CumSum: running((a, b) => a + b, 0),
  CumProd: running((a, b) => a * b, 1),
  TopK: topK,
};
