/** The Lanczos tridiagonals of a known matrix: what a real measurement stores, with the answer known beforehand. */
import { normal } from './random.ts';

export interface Tridiagonal {
  readonly alpha: number[];
  readonly beta: number[];
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

/**
 * `steps` steps of Lanczos on diag(`eigenvalues`) from a random unit vector, reorthogonalised twice against the whole basis
 * (Golub and Van Loan, Matrix Computations, 10.3). A diagonal matrix loses nothing: the start vector is rotation invariant.
 */
export function lanczos(eigenvalues: Float64Array, steps: number, seed: number): Tridiagonal {
  const draw = normal(seed);
  return lanczosFrom(
    eigenvalues,
    steps,
    eigenvalues.map(() => draw()),
  );
}

/** The same from a given vector, of any length greater than 0. */
export function lanczosFrom(eigenvalues: Float64Array, steps: number, start: Float64Array): Tridiagonal {
  const length = Math.sqrt(dot(start, start));
  let vector = start.map((value) => value / length);
  const basis: Float64Array[] = [];
  const alpha: number[] = [];
  const beta: number[] = [];
  for (let step = 0; step < steps; step++) {
    basis.push(vector);
    const product = eigenvalues.map((value, index) => value * (vector[index] ?? 0));
    alpha.push(dot(vector, product));
    for (let pass = 0; pass < 2; pass++) {
      for (const known of basis) {
        const share = dot(known, product);
        for (let index = 0; index < product.length; index++) {
          product[index] = (product[index] ?? 0) - share * (known[index] ?? 0);
        }
      }
    }
    const norm = Math.sqrt(dot(product, product));
    beta.push(norm);
    vector = product.map((value) => value / norm);
  }
  return { alpha, beta };
}
