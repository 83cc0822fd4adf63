/** Applies an operator and checks that it returned as many numbers as it was given. */
import type { FloatArray } from '../engines/Engine.ts';
import { EstimationError } from '../error/EstimationError.ts';
import type { LinearOperator } from '../operator/LinearOperator.ts';

/** A·v for k vectors [k, n]. Throws an EstimationError (SHAPE) when the result has another size. */
export async function applyTo(operator: LinearOperator, vectors: FloatArray, k: number): Promise<FloatArray> {
  const products = await operator.apply(vectors, k);
  if (products.length !== vectors.length) {
    const expected = `${k} × ${operator.dimension} numbers`;
    throw new EstimationError('SHAPE', `The operator returned ${products.length} numbers; expected ${expected}.`);
  }
  return products;
}
