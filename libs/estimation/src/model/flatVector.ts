/** Between a flat vector of parameters or buffers and the tensors of a graph. */
import { floatArray, type FloatArray, type Precision } from '@ritz/lanczos';
import { EstimationError } from '../error/EstimationError.ts';
import { type Tensors, type TensorData } from '../engines/Engine.ts';
import { sizeOf } from '../graph/Node.ts';
import { elementCount, type NamedShape } from './Model.ts';

/** Feeds `<prefix>0`, `<prefix>1`, … from one vector. Throws an EstimationError (SHAPE) for another length. */
export function feedsOf(
  tensors: readonly NamedShape[],
  vector: ArrayLike<number>,
  precision: Precision,
  prefix: 'parameter' | 'buffer',
): Tensors {
  const n = elementCount(tensors);
  if (vector.length !== n) {
    throw new EstimationError('SHAPE', `${prefix}s: expected ${n} numbers, got ${vector.length}.`);
  }
  const numbers = floatArray(precision, vector);
  const feeds: Record<string, TensorData> = {};
  let offset = 0;
  tensors.forEach(({ shape }, position) => {
    const size = sizeOf(shape);
    feeds[`${prefix}${position}`] = { shape, data: numbers.slice(offset, offset + size) };
    offset += size;
  });
  return feeds;
}

/** Adds weight · outputs into `sum` [n]; output `<prefix>i` has the shape of tensor i, or holds as many numbers. */
export function accumulate(
  tensors: readonly NamedShape[],
  outputs: Tensors,
  prefix: string,
  weight: number,
  sum: Float64Array,
): void {
  let offset = 0;
  tensors.forEach(({ shape }, position) => {
    const size = sizeOf(shape);
    const data = outputs[`${prefix}${position}`]?.data as FloatArray;
    for (let i = 0; i < size; i++) sum[offset + i] = (sum[offset + i] as number) + weight * (data[i] as number);
    offset += size;
  });
}
