/**
 * Tridiagonal matrices as google/spectral-density keeps them: whole, as an array of shape [m, m] for one random start vector or
 * [k, m, m] for k of them (`lanczos_alg` in jax/lanczos.py, `tridiag_list` in jax/density.py).
 */
import { RecordError } from '../RecordError.ts';

/** A numeric array of a file: its shape and its elements, row-major. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

export interface Tridiagonal {
  /** Diagonal, m numbers. */
  readonly alpha: number[];
  /** Off-diagonal, m - 1 numbers. */
  readonly beta: number[];
}

/** Entries off the three diagonals, and differences across the diagonal, up to this share of the largest are rounding. */
const rounding = 1e-5;

/** @param source what messages call the array. @throws RecordError UNREADABLE unless it is a stack of tridiagonal matrices. */
export function tridiagonalsOf(source: string, { shape, data }: NumericArray): Tridiagonal[] {
  const [m = 0, columns] = shape.slice(-2);
  if (shape.length < 2 || shape.length > 3 || m !== columns || m < 1) {
    throw new RecordError(
      'UNREADABLE',
      `${source}: expected whole tridiagonal matrices of shape [m, m] or [k, m, m], got shape [${shape.join(', ')}].`,
    );
  }
  const count = shape.length === 3 ? (shape[0] ?? 0) : 1;
  if (count < 1)
    throw new RecordError('UNREADABLE', `${source}: expected at least one matrix, got shape [${shape.join(', ')}].`);
  return Array.from({ length: count }, (_, index) => {
    const name = shape.length === 3 ? `${source}[${index}]` : source;
    return tridiagonal(name, data.subarray(index * m * m, (index + 1) * m * m), m);
  });
}

function tridiagonal(name: string, matrix: ArrayLike<number>, m: number): Tridiagonal {
  const at = (row: number, column: number): number => matrix[row * m + column] ?? 0;
  const largest = Array.from(matrix).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(largest))
    throw new RecordError(
      'UNREADABLE',
      `${name}: expected finite numbers, got NaN or Infinity: the measurement failed there.`,
    );
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < row; column++) {
      const wrong =
        row - column === 1
          ? Math.abs(at(row, column) - at(column, row))
          : Math.max(Math.abs(at(row, column)), Math.abs(at(column, row)));
      if (wrong <= rounding * largest) continue;
      const what = row - column === 1 ? 'not symmetric' : 'not tridiagonal';
      throw new RecordError(
        'UNREADABLE',
        `${name}: expected a symmetric tridiagonal matrix, got one that is ${what}: ` +
          `entries [${row}, ${column}] = ${at(row, column)} and [${column}, ${row}] = ${at(column, row)}.`,
      );
    }
  }
  return {
    alpha: Array.from({ length: m }, (_, row) => at(row, row)),
    beta: Array.from({ length: m - 1 }, (_, row) => at(row + 1, row)),
  };
}
