/**
 * All eigenvalues of a dense symmetric matrix in float64: Householder reduction to a tridiagonal (Golub & Van Loan, Matrix
 * Computations, §8.3.1), then the QL iteration of @ritz/spectra. O(n³), meant for n up to a few thousand.
 */
import { tridiagonalEigen } from '@ritz/spectra';
import { LanczosError } from '../error/LanczosError.ts';
import { kernelsOn, type Kernels } from '../basis/kernels.ts';
import { maxMemoryBytes, sharedMemory } from '../basis/webAssembly.ts';

export interface SymmetricEigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** For each vector x of `project`: ⟨eigenvector i, x⟩ for every i. The sign of an eigenvector is arbitrary. */
  readonly projections: readonly Float64Array[];
}

/** A matrix and the vectors of one reflection, in one WebAssembly memory; rows begin at multiples of 4 columns. */
interface Work {
  readonly n: number;
  readonly padded: number;
  readonly kernels: Kernels;
  readonly matrixAt: number;
  readonly matrix: Float64Array;
  /** The reflection vector v and, behind it, w: the update is A − v wᵀ − w vᵀ. */
  readonly reflectionAt: number;
  readonly v: Float64Array;
  readonly w: Float64Array;
  readonly coefficientsAt: number;
  readonly coefficients: Float64Array;
}

function allocate(matrix: ArrayLike<number>, n: number): Work {
  const padded = 4 * Math.ceil(n / 4);
  const reflectionAt = 8 * n * padded;
  const coefficientsAt = reflectionAt + 2 * 8 * padded;
  const bytes = coefficientsAt + 2 * 8 * n;
  if (bytes > maxMemoryBytes) {
    throw new LanczosError('BAD_OPTION', `A dense matrix of order ${n} takes ${bytes} bytes; at most 4 GiB fit.`);
  }
  const memory = sharedMemory(bytes);
  const at = (address: number, length: number): Float64Array => new Float64Array(memory.buffer, address, length);
  const copy = at(0, n * padded);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      copy[row * padded + column] = ((matrix[row * n + column] as number) + (matrix[column * n + row] as number)) / 2;
    }
  }
  return {
    n,
    padded,
    kernels: kernelsOn(memory).float64,
    matrixAt: 0,
    matrix: copy,
    reflectionAt,
    v: at(reflectionAt, padded),
    w: at(reflectionAt + 8 * padded, padded),
    coefficientsAt,
    coefficients: at(coefficientsAt, 2 * n),
  };
}

/** Writes the reflection that takes row k beyond its diagonal to (e, 0, …, 0) into v, ‖v‖² = 2; returns e. */
function reflect({ n, padded, matrix, v }: Work, k: number): number {
  v.fill(0);
  let scale = 0;
  for (let c = k + 1; c < n; c++) scale = Math.max(scale, Math.abs(matrix[k * padded + c] as number));
  if (scale === 0) return 0;
  let squares = 0;
  for (let c = k + 1; c < n; c++) {
    const x = (matrix[k * padded + c] as number) / scale;
    v[c] = x;
    squares += x * x;
  }
  const first = v[k + 1] as number;
  const norm = Math.sqrt(squares);
  const e = first > 0 ? -norm : norm;
  v[k + 1] = first - e;
  const length = Math.sqrt((squares - first * e) * 2);
  for (let c = k + 1; c < n; c++) v[c] = ((v[c] as number) * Math.SQRT2) / length;
  return e * scale;
}

/** A ← P A P on the rows and columns beyond k, P = I − v vᵀ. */
function update({ n, padded, kernels, matrixAt, v, w, ...work }: Work, k: number): void {
  const firstColumn = 4 * Math.floor((k + 1) / 4);
  const columns = padded - firstColumn;
  const stride = 8 * padded;
  const rowAt = (row: number): number => matrixAt + row * stride + 8 * firstColumn;
  const vAt = work.reflectionAt + 8 * firstColumn;
  w.fill(0);
  kernels.project(rowAt(k + 1), stride, n - k - 1, vAt, columns, work.reflectionAt + stride + 8 * (k + 1));
  let product = 0;
  for (let c = k + 1; c < n; c++) product += (v[c] as number) * (w[c] as number);
  for (let c = k + 1; c < n; c++) {
    w[c] = (w[c] as number) - (product / 2) * (v[c] as number);
    work.coefficients[2 * c] = -(w[c] as number);
    work.coefficients[2 * c + 1] = -(v[c] as number);
  }
  for (let row = k + 1; row < n; row++) {
    kernels.combine(vAt, stride, 2, rowAt(row), columns, work.coefficientsAt + 16 * row);
  }
}

/** x ← P x. */
function reflectVector(x: Float64Array, v: Float64Array, k: number): void {
  let product = 0;
  for (let c = k + 1; c < x.length; c++) product += (x[c] as number) * (v[c] as number);
  for (let c = k + 1; c < x.length; c++) x[c] = (x[c] as number) - product * (v[c] as number);
}

/**
 * `matrix` is n × n, row-major; its symmetric part is taken. `project` holds vectors [n].
 * Throws a SpectrumError (NON_FINITE) when an entry is not finite.
 */
export function symmetricEigen(
  matrix: ArrayLike<number>,
  n: number,
  project: readonly ArrayLike<number>[] = [],
): SymmetricEigen {
  const work = allocate(matrix, n);
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const vectors = project.map((vector) => Float64Array.from(vector));
  for (let k = 0; k < n; k++) {
    diagonal[k] = work.matrix[k * work.padded + k] as number;
    if (k === n - 1) break;
    offDiagonal[k] = k < n - 2 ? reflect(work, k) : (work.matrix[k * work.padded + k + 1] as number);
    if (k === n - 2 || offDiagonal[k] === 0) continue;
    update(work, k);
    for (const vector of vectors) reflectVector(vector, work.v, k);
  }
  const { values, carried } = tridiagonalEigen(diagonal, offDiagonal, vectors);
  return { values, projections: carried };
}
