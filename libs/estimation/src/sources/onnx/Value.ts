/** What a tensor of an ONNX file is while it is translated: a number array known now, or a node of the graph under construction. */
import { EstimationError } from '../../error/EstimationError.ts';
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

/** 2 GiB as float64. */
const mostElements = 2 ** 28;

/** The number of elements; throws an EstimationError (TOO_LARGE) for more than are computed ahead. */
export function checkedSize(shape: Shape): number {
  const size = sizeOf(shape);
  if (size <= mostElements) return size;
  throw new EstimationError(
    'TOO_LARGE',
    `expected a constant of at most ${mostElements} elements, got ${size} of shape [${shape.join(', ')}]. Check the file's shapes.`,
  );
}

/** A constant of integers: a shape, axes. One-dimensional unless a shape is given. */
export function integers(values: readonly number[], shape: Shape = [values.length]): Constant {
  return { shape, type: 'int', values: Float64Array.from(values) };
}

export function constant(type: Constant['type'], shape: Shape, at: (position: number) => number): Constant {
  return { type, shape, values: Float64Array.from({ length: checkedSize(shape) }, (_, position) => at(position)) };
}
