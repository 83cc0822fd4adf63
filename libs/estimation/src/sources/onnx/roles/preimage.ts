/** The parameter that a stored tensor comes from, where the tensor tells: some of its rows, a table it was looked up in, a function. */
import type { GraphBuilder } from '../../../graph/GraphBuilder.ts';
import type { Node, Shape } from '../../../graph/Node.ts';
import { concat } from '../../../ops/concat.ts';
import { exp } from '../../../ops/exp.ts';
import { gather } from '../../../ops/gather.ts';
import { reshape } from '../../../ops/reshape.ts';
import { sigmoid } from '../../../ops/sigmoid.ts';
import { slice } from '../../../ops/slice.ts';
import { softmax } from '../../../ops/softmax.ts';
import { softplus } from '../../../ops/softplus.ts';
import { tanh } from '../../../ops/tanh.ts';
import type { Constant } from '../Value.ts';
import { isUniform } from './structure.ts';

export interface Preimage {
  readonly shape: Shape;
  readonly values: Float64Array;
  /** The stored tensor as a function of the parameter. */
  readonly build: (graph: GraphBuilder, learned: Node) => Node;
}

interface Transform {
  readonly f: (graph: GraphBuilder, x: Node) => Node;
  readonly inverse: (y: number) => number;
}

/** By the name of the operator in PyTorch. A softmax does not change with a number added to all of its arguments: log is one inverse. */
const transforms: Readonly<Record<string, Transform>> = {
  exp: { f: exp, inverse: Math.log },
  sigmoid: { f: sigmoid, inverse: (y) => Math.log(y / (1 - y)) },
  softmax: { f: softmax, inverse: Math.log },
  softplus: { f: softplus, inverse: (y) => y + Math.log(-Math.expm1(-y)) },
  tanh: { f: tanh, inverse: Math.atanh },
};

/** null where the tensor is no value of the function. */
export function throughFunction({ values, shape }: Constant, name: string): Preimage | null {
  const transform = transforms[name];
  if (!transform) return null;
  const inverse = values.map(transform.inverse);
  return inverse.every(Number.isFinite) ? { shape, values: inverse, build: transform.f } : null;
}

const rounding = 1e-6;

/** A tensor of positive numbers that sum to 1 along the last axis; null for another. */
export function throughSoftmax(tensor: Constant): Preimage | null {
  const { values, shape } = tensor;
  const width = shape.at(-1) ?? 1;
  if (width < 3 || isUniform(tensor) || values.some((value) => value <= 0)) return null;
  for (let start = 0; start < values.length; start += width) {
    const sum = values.subarray(start, start + width).reduce((total, value) => total + value, 0);
    if (Math.abs(sum - 1) > rounding) return null;
  }
  return throughFunction(tensor, 'softmax');
}

/** Of a tensor with fewer numbers than elements, other than 0 and ±1 which repeat by themselves: each number is one entry of a table. */
export function throughTable(tensor: Constant): Preimage | null {
  const { values, shape } = tensor;
  const entries = [...new Set(values)];
  if (isUniform(tensor) || entries.length > 0.8 * values.length) return null;
  if (entries.some((value) => value === 0 || Math.abs(value) === 1)) return null;
  const places = new Map(entries.map((value, place) => [value, place]));
  const index = Array.from(values, (value) => places.get(value) ?? 0);
  return {
    shape: [entries.length],
    values: Float64Array.from(entries),
    build: (graph, learned) =>
      reshape(graph, gather(graph, learned, graph.constant(index, [index.length], 'int'), -1), shape),
  };
}

/** The rows of a tensor that are not frozen, in their order. */
export function withoutRows(
  { values, shape }: Pick<Constant, 'values' | 'shape'>,
  frozenRows: readonly number[],
): Preimage {
  const [count = 0, ...rest] = shape;
  const width = values.length / count;
  const frozen = new Set(frozenRows);
  return {
    shape: [count - frozen.size, ...rest],
    values: values.filter((_, position) => !frozen.has(Math.floor(position / width))),
    build: (graph, learned) => {
      const parts: Node[] = [];
      let taken = 0;
      let end = 0;
      for (let row = 0; row < count; row = end) {
        while (end < count && frozen.has(end) === frozen.has(row)) end++;
        if (frozen.has(row)) {
          parts.push(graph.constant([...values.subarray(row * width, end * width)], [end - row, ...rest]));
        } else {
          parts.push(slice(graph, learned, -shape.length, taken, taken + end - row));
          taken += end - row;
        }
      }
      return concat(graph, parts, -shape.length);
    },
  };
}

/** First the parameter of `inner`, then what `outer` makes of it. */
export function composed(outer: Preimage, inner: Preimage): Preimage {
  return { ...inner, build: (graph, learned) => outer.build(graph, inner.build(graph, learned)) };
}
