/** Between a flat parameter vector (or k of them) and the tensors of a graph. */
import { EstimationError } from '../error/EstimationError.ts';
import { floatArray, type FloatArray, type Precision, type TensorData } from '../engines/Engine.ts';
import { sizeOf } from '../graph/Node.ts';
import { parameterCount, type Model } from './Model.ts';

/** Feeds `<prefix>0`, `<prefix>1`, … from one vector [n]. Throws an EstimationError (SHAPE) for another length. */
export function parameterFeeds(
  model: Model,
  vector: ArrayLike<number>,
  precision: Precision,
  prefix = 'parameter',
): Record<string, TensorData> {
  return stackedFeeds(model, vector, 1, precision, prefix, false);
}

/** Feeds of shape [k, ...shape] from k vectors [k, n], row-major. */
export function tangentFeeds(
  model: Model,
  vectors: ArrayLike<number>,
  k: number,
  precision: Precision,
): Record<string, TensorData> {
  return stackedFeeds(model, vectors, k, precision, 'tangent', true);
}

function stackedFeeds(
  model: Model,
  vectors: ArrayLike<number>,
  k: number,
  precision: Precision,
  prefix: string,
  stacked: boolean,
): Record<string, TensorData> {
  const n = parameterCount(model);
  if (vectors.length !== k * n) {
    const expected = k === 1 ? `${n} numbers` : `${k} × ${n} numbers`;
    throw new EstimationError('SHAPE', `${model.name}: expected ${expected}, got ${vectors.length}.`);
  }
  const feeds: Record<string, TensorData> = {};
  let offset = 0;
  model.parameters.forEach(({ shape }, position) => {
    const size = sizeOf(shape);
    const data = floatArray(precision, k * size);
    for (let row = 0; row < k; row++) {
      const start = row * n + offset;
      for (let i = 0; i < size; i++) data[row * size + i] = vectors[start + i] ?? 0;
    }
    feeds[`${prefix}${position}`] = { shape: stacked ? [k, ...shape] : shape, data };
    offset += size;
  });
  return feeds;
}

/** Adds weight · outputs into `sum` [k, n]; output `<prefix>i` has shape [k, ...shape of parameter i]. */
export function accumulate(
  model: Model,
  outputs: Readonly<Record<string, TensorData>>,
  prefix: string,
  weight: number,
  sum: Float64Array,
): void {
  const n = parameterCount(model);
  const k = sum.length / n;
  let offset = 0;
  model.parameters.forEach(({ shape }, position) => {
    const size = sizeOf(shape);
    const data = outputs[`${prefix}${position}`]?.data as FloatArray;
    for (let row = 0; row < k; row++) {
      const start = row * n + offset;
      for (let i = 0; i < size; i++) sum[start + i] = (sum[start + i] ?? 0) + weight * (data[row * size + i] ?? 0);
    }
    offset += size;
  });
}
