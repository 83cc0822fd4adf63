/** The Lanczos tridiagonals of a known matrix: what a real measurement stores, with the answer known beforehand. */
import { referenceLanczos, type ReferenceTridiagonal } from '@ritz/testing';
import { normal } from './random.ts';

/** From a random start vector. A diagonal matrix loses nothing: the vector's law is rotation invariant. */
export function lanczos(eigenvalues: Float64Array, steps: number, seed: number): ReferenceTridiagonal {
  const draw = normal(seed);
  return referenceLanczos(eigenvalues, { steps, start: eigenvalues.map(() => draw()) });
}
