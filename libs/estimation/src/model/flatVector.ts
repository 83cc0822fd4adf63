/** Between a flat vector of parameters or buffers (or k of them) and the tensors of a graph. */
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
  const feeds = unflatten(tensors, vector, 1, precision, prefix);
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { shape, data }]) => [name, { shape: shape.slice(1), data }]),
  );
}

/** Feeds `<prefix>0`, … of shape [k, ...shape] from k vectors [k, n], row-major. */
export function unflatten(
  tensors: readonly NamedShape[],
  vectors: ArrayLike<number>,
  k: number,
  precision: Precision,
  prefix: string,
): Record<string, TensorData> {
  const n = elementCount(tensors);
  if (vectors.length !== k * n) {
    const expected = k === 1 ? `${n} numbers` : `${k} × ${n} numbers`;
    throw new EstimationError('SHAPE', `${prefix}s: expected ${expected}, got ${vectors.length}.`);
  }
  const feeds: Record<string, TensorData> = {};
  let offset = 0;
  tensors.forEach(({ shape }, position) => {
    const size = sizeOf(shape);
    const data = floatArray(precision, k * size);
    for (let row = 0; row < k; row++) {
      const start = row * n + offset;
      for (let i = 0; i < size; i++) data[row * size + i] = vectors[start + i] ?? 0;
    }
    feeds[`${prefix}${position}`] = { shape: [k, ...shape], data };
    offset += size;
  });
  return feeds;
}

/** Adds weight · outputs into `sum` [k, n]; output `<prefix>i` has shape [k, ...shape of tensor i] (k = 1: or without it). */
export function accumulate(
  tensors: readonly NamedShape[],
  outputs: Tensors,
  prefix: string,
  weight: number,
  sum: Float64Array,
): void {
  const n = elementCount(tensors);
  const k = sum.length / n;
  let offset = 0;
  tensors.forEach(({ shape }, position) => {
    const size = sizeOf(shape);
    const data = outputs[`${prefix}${position}`]?.data as FloatArray;
    for (let row = 0; row < k; row++) {
      const start = row * n + offset;
      for (let i = 0; i < size; i++) sum[start + i] = (sum[start + i] ?? 0) + weight * (data[row * size + i] ?? 0);
    }
    offset += size;
  });
}
