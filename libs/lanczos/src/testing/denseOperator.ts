/** Small symmetric matrices as operators, with spectra known by construction. */
import { lcg } from '@ritz/testing';
import { floatArray, type FloatArray } from '../numbers/precision.ts';
import type { LinearOperator } from '../operator/LinearOperator.ts';

/** A row-major n × n matrix as an operator that computes in float64 and returns the precision of its input. */
export class DenseOperator implements LinearOperator {
  readonly dimension: number;
  readonly matrix: Float64Array;
  /** Number of vectors in each call so far. */
  readonly calls: number[] = [];

  constructor(matrix: Float64Array) {
    this.matrix = matrix;
    this.dimension = Math.sqrt(matrix.length);
  }

  apply(vectors: FloatArray, k: number): Promise<FloatArray> {
    const n = this.dimension;
    this.calls.push(k);
    const products = floatArray(vectors instanceof Float64Array ? 'float64' : 'float32', k * n);
    for (let row = 0; row < k; row++) {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += (this.matrix[i * n + j] ?? 0) * (vectors[row * n + j] ?? 0);
        products[row * n + i] = sum;
      }
    }
    return Promise.resolve(products);
  }
}

/** Q diag(values) Qᵀ with Q a product of seeded reflections; `basis` holds the eigenvectors as rows, in the order of the values. */
export function withSpectrum(values: ArrayLike<number>, seed = 5): { matrix: Float64Array; basis: Float64Array[] } {
  const n = values.length;
  const random = lcg(seed);
  const basis = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_unused, j) => (i === j ? 1 : 0)),
  );
  for (let reflection = 0; reflection < 3; reflection++) {
    const v = random.uniform(n);
    const squares = v.reduce((sum, x) => sum + x * x, 0);
    for (const row of basis) {
      const product = row.reduce((sum, x, i) => sum + x * (v[i] ?? 0), 0);
      row.forEach((x, i) => (row[i] = x - (2 * product * (v[i] ?? 0)) / squares));
    }
  }
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let r = 0; r < n; r++) sum += (values[r] ?? 0) * (basis[r]?.[i] ?? 0) * (basis[r]?.[j] ?? 0);
      matrix[i * n + j] = sum;
      matrix[j * n + i] = sum;
    }
  }
  return { matrix, basis };
}

export function diagonal(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = values[i] ?? 0;
  return matrix;
}

/** A bulk of `n - outliers.length` eigenvalues evenly on [-0.1, 1], and the outliers. Descending. */
export function bulkAndOutliers(n: number, outliers: readonly number[]): number[] {
  const bulk = n - outliers.length;
  return [...outliers, ...Array.from({ length: bulk }, (_, i) => 1 - (1.1 * i) / (bulk - 1))];
}
