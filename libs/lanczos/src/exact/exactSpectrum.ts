/** The exact spectrum of an operator of moderate size: the dense matrix from n products, then all its eigenvalues. */
import { floatArray, type Precision } from '../numbers/precision.ts';
import { LanczosError } from '../error/LanczosError.ts';
import type { LinearOperator } from '../operator/LinearOperator.ts';
import { applyTo } from '../operator/applyTo.ts';
import { symmetricEigen } from './symmetricEigen.ts';

export interface ExactOptions {
  /** Precision of the vectors handed to the operator. Default float64. */
  readonly precision?: Precision;
  /** Unit vectors per call of the operator. Default 16. */
  readonly vectorsPerCall?: number;
  /** Vectors [n] whose inner products with every eigenvector are wanted. */
  readonly project?: readonly ArrayLike<number>[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface ExactSpectrum {
  /** All n eigenvalues, ascending. */
  readonly eigenvalues: Float64Array;
  /** For each vector x of `project`: ⟨eigenvector i, x⟩ for every i; signs are arbitrary. */
  readonly projections: readonly Float64Array[];
  /** ‖A − Aᵀ‖_F / ‖A‖_F of the matrix measured; the spectrum is that of its symmetric part. */
  readonly asymmetry: number;
  /** n */
  readonly hvpCount: number;
}

const largestOrder = 20_000;

/**
 * O(n²) memory and O(n³) time: for n up to a few thousand. Throws a LanczosError: BAD_OPTION for an operator that is too
 * large, NON_FINITE naming the column in which the operator returned NaN or Infinity; the signal's reason when it is aborted.
 */
export async function exactSpectrum(operator: LinearOperator, options: ExactOptions = {}): Promise<ExactSpectrum> {
  const { dimension: n } = operator;
  const { precision = 'float64', vectorsPerCall = 16, project = [], signal, onProgress } = options;
  if (n > largestOrder) {
    throw new LanczosError(
      'BAD_OPTION',
      `exactSpectrum: an operator of dimension ${n} is too large (at most ${largestOrder}); use lanczos.`,
    );
  }
  const matrix = new Float64Array(n * n);
  for (let first = 0; first < n; first += vectorsPerCall) {
    signal?.throwIfAborted();
    const columns = Math.min(vectorsPerCall, n - first);
    const units = floatArray(precision, vectorsPerCall * n);
    for (let row = 0; row < columns; row++) units[row * n + first + row] = 1;
    // Always as many vectors, the last filled up with zeros: engines compile for a number of vectors.
    const products = await applyTo(operator, units, vectorsPerCall);
    matrix.set(products.subarray(0, columns * n), first * n);
    onProgress?.({ done: first + columns, total: n });
  }
  const bad = matrix.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const where = `row ${bad % n} of column ${Math.floor(bad / n)}`;
    throw new LanczosError('NON_FINITE', `The operator returned ${matrix[bad]} in ${where} of its matrix.`);
  }
  const { values, projections } = symmetricEigen(matrix, n, project);
  return { eigenvalues: values, projections, asymmetry: asymmetryOf(matrix, n), hvpCount: n };
}

function asymmetryOf(matrix: Float64Array, n: number): number {
  let difference = 0;
  let total = 0;
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const entry = matrix[row * n + column] as number;
      difference += (entry - (matrix[column * n + row] as number)) ** 2;
      total += entry * entry;
    }
  }
  return total === 0 ? 0 : Math.sqrt(difference / total);
}
