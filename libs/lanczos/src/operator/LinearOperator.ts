/** A symmetric linear operator, known only by its products with vectors. */
import type { FloatArray } from '../numbers/precision.ts';

export interface LinearOperator {
  /** n: it maps vectors of n numbers to vectors of n numbers. */
  readonly dimension: number;
  /**
   * A·v for k vectors at once: [k, n] row-major in, the same out. The vectors must not be kept: Lanczos overwrites the array with
   * the next ones. The result is a new array, or `into`, [k, n] as well: memory that an operator may use to save the new one, of which every
   * page is cleared by the system first. Both arrays of Lanczos are shared memory.
   */
  apply(vectors: FloatArray, k: number, into?: FloatArray): Promise<FloatArray>;
}
