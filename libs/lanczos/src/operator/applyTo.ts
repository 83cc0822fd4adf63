/** Applies an operator and checks that it returned as many numbers as it was given. */
import type { FloatArray } from '../numbers/precision.ts';
import { LanczosError } from '../error/LanczosError.ts';
import type { LinearOperator } from './LinearOperator.ts';

/** A·v for k vectors [k, n]. Throws a LanczosError (SHAPE) when the result has another size. */
export async function applyTo(
  operator: LinearOperator,
  vectors: FloatArray,
  k: number,
  into?: FloatArray,
): Promise<FloatArray> {
  const products = await operator.apply(vectors, k, into);
  if (products.length !== vectors.length) {
    const expected = `${k} × ${operator.dimension} numbers`;
    throw new LanczosError('SHAPE', `The operator returned ${products.length} numbers; expected ${expected}.`);
  }
  return products;
}
