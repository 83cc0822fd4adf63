/** A symmetric linear operator known only by what it does to vectors. */
import type { FloatArray } from '../numbers/precision.ts';

export interface LinearOperator {
  /** n: it maps vectors of n numbers to vectors of n numbers. */
  readonly dimension: number;
  /**
   * A·v for k vectors at once: [k, n] row-major in, the same out. The result must be a new array, and the vectors are not to be kept:
   * Lanczos puts the next ones into the same array.
   */
  apply(vectors: FloatArray, k: number): Promise<FloatArray>;
}
