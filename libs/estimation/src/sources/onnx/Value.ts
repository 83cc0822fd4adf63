/** What a tensor of an ONNX file is while it is translated: a number array known now, or a node of the graph under construction. */
import type { Node, Shape } from '../../graph/Node.ts';
import { sizeOf } from '../../graph/Node.ts';

/** Known before anything runs: shapes, axes, masks, scale factors. Booleans are 0 and 1. */
export interface Constant {
  readonly shape: Shape;
  readonly type: 'float' | 'int' | 'bool';
  /** Row-major. int64 beyond 2^53 is clamped, as exporters write it for "to the end". */
  readonly values: Float64Array;
}

export type Value = Constant | Node;

export function isNode(value: Value): value is Node {
  return 'op' in value;
}

/** A constant of integers: a shape, axes. One-dimensional unless a shape is given. */
export function integers(values: readonly number[], shape: Shape = [values.length]): Constant {
  return { shape, type: 'int', values: Float64Array.from(values) };
}

export function constant(type: Constant['type'], shape: Shape, at: (position: number) => number): Constant {
  return { type, shape, values: Float64Array.from({ length: sizeOf(shape) }, (_, position) => at(position)) };
}
