/** Ritz pairs of a space spanned by orthonormal vectors (Rayleigh–Ritz, Parlett, The Symmetric Eigenvalue Problem, §11.3). */
import { floatArray, type FloatArray, type Precision } from '../numbers/precision.ts';
import { symmetricEigen } from '../exact/symmetricEigen.ts';

export interface RitzVectors {
  /** Descending. */
  readonly values: Float64Array;
  /** ‖A u − λ u‖ of each: an eigenvalue lies within this distance. */
  readonly residuals: Float64Array;
  /** Orthonormal, one [n] for each value. */
  readonly vectors: readonly FloatArray[];
}

/**
 * Adds the part of `vector` outside an orthonormal span, normalised, if it is at least a `share` of its length; overwrites
 * `vector`.
 */
export function addDirection(
  span: FloatArray[],
  vector: Float64Array,
  { precision, share }: { readonly precision: Precision; readonly share: number },
): boolean {
  const before = Math.sqrt(dot(vector, vector));
  for (let pass = 0; pass < 2; pass++) for (const known of span) axpy(-dot(known, vector), known, vector);
  const norm = Math.sqrt(dot(vector, vector));
  if (!(norm >= share * before) || norm === 0) return false;
  span.push(
    floatArray(
      precision,
      vector.map((value) => value / norm),
    ),
  );
  return true;
}

export function identity(n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_unused, j) => (i === j ? 1 : 0)));
}

/** Columns that are rotated at once. */
const blockLength = 2 ** 14;

/**
 * The top Ritz pairs of the space spanned by orthonormal vectors with these images under the operator. Takes over the memory of both:
 * the Ritz vectors are written over `span`, block by block, so that there is never a second set of them.
 */
export function rayleighRitz(span: readonly FloatArray[], images: readonly FloatArray[], count: number): RitzVectors {
  const s = span.length;
  const projected = Float64Array.from({ length: s * s }, (_, at) =>
    dot(span[Math.floor(at / s)] as FloatArray, images[at % s] as FloatArray),
  );
  const { values, projections } = symmetricEigen(projected, s, identity(s));
  const kept = Array.from({ length: Math.min(count, s) }, (_, rank) => s - 1 - rank);
  const squares = new Float64Array(kept.length);
  const n = span[0]?.length ?? 0;
  for (let start = 0; start < n; start += blockLength) {
    const end = Math.min(n, start + blockLength);
    const turned = kept.map((column, rank) => {
      const vector = new Float64Array(end - start);
      const residual = new Float64Array(end - start);
      span.forEach((direction, row) => {
        const weight = projections[row]?.[column] as number;
        axpy(weight, direction.subarray(start, end), vector);
        axpy(weight, (images[row] as FloatArray).subarray(start, end), residual);
      });
      axpy(-(values[column] as number), vector, residual);
      squares[rank] = dot(residual, residual, squares[rank]);
      return vector;
    });
    turned.forEach((vector, rank) => span[rank]?.set(vector, start));
  }
  return {
    values: Float64Array.from(kept, (column) => values[column] as number),
    residuals: squares.map(Math.sqrt),
    vectors: span.slice(0, kept.length),
  };
}

/** Added to `sum`. */
function dot(a: FloatArray, b: FloatArray, sum = 0): number {
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** y += factor · x. */
function axpy(factor: number, x: FloatArray, y: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] as number) + factor * (x[i] as number);
}
