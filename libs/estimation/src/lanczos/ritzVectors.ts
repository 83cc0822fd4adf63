/**
 * The largest eigenvalues with their vectors, from the bases of all probes. One probe sees a single vector of a repeated
 * eigenvalue, and resolves the ones it started nearly orthogonal to badly; together they see more. So the Ritz vectors of the
 * best probe are taken first, then those of the others as far as they point in new directions; the span of all is
 * orthonormalised, the operator applied to it, and the Ritz pairs of that space are the result (Rayleigh–Ritz, Parlett,
 * The Symmetric Eigenvalue Problem, §11.3), with residuals that are measured and not inferred.
 */
import { ritzDecomposition, tridiagonalEigen } from '@ritz/spectra';
import { floatArray, type FloatArray, type Precision } from '../engines/Engine.ts';
import type { LinearOperator } from '../operator/LinearOperator.ts';
import { applyTo } from './applyTo.ts';
import { symmetricEigen } from './exact/symmetricEigen.ts';
import type { Probe } from './probe.ts';

export interface RitzVectors {
  /** Descending. */
  readonly values: Float64Array;
  /** ‖A u − λ u‖ of each: an eigenvalue lies within this distance. */
  readonly residuals: Float64Array;
  /** Orthonormal, one [n] for each value. */
  readonly vectors: readonly FloatArray[];
}

/** A unit vector adds a direction when at least this share of its length is outside the span of the others. */
const newDirection = 0.1;
/** Directions kept for each vector wanted. */
const spare = 2;

export class RitzCollector {
  /** Matrix-vector products spent. */
  products = 0;
  private readonly operator: LinearOperator;
  private readonly count: number;
  private readonly precision: Precision;
  /** Orthonormal. */
  private readonly span: FloatArray[] = [];

  constructor(operator: LinearOperator, count: number, precision: Precision) {
    this.operator = operator;
    this.count = Math.min(count, operator.dimension);
    this.precision = precision;
  }

  /** Adds what these probes know of the top of the spectrum; their bases are not needed afterwards. */
  collect(probes: readonly Probe[]): void {
    if (this.count === 0) return;
    const limit = Math.min(spare * this.count, this.operator.dimension);
    const byQuality = [...probes].sort((a, b) => this.lastResidual(a) - this.lastResidual(b));
    for (const probe of byQuality) {
      let added = 0;
      for (const coefficients of topCoefficients(probe, this.count)) {
        if (this.span.length >= limit) return;
        if (this.addDirection(probe, coefficients)) added++;
      }
      if (added === 0) return;
    }
  }

  /** Rayleigh–Ritz on the span, `batch` vectors per call of the operator. */
  async finish(batch: number, signal?: AbortSignal): Promise<RitzVectors> {
    if (this.span.length === 0) return { values: new Float64Array(), residuals: new Float64Array(), vectors: [] };
    const images: Float64Array[] = [];
    for (let first = 0; first < this.span.length; first += batch) {
      signal?.throwIfAborted();
      images.push(...(await this.applyTo(this.span.slice(first, first + batch), batch)));
    }
    return rayleighRitz(this.span, images, this.count, this.precision);
  }

  /** Always `batch` vectors, filled up with zeros: engines compile for a number of vectors. */
  private async applyTo(vectors: readonly FloatArray[], batch: number): Promise<Float64Array[]> {
    const n = this.operator.dimension;
    const packed = floatArray(this.precision, batch * n);
    vectors.forEach((vector, row) => packed.set(vector, row * n));
    const products = await applyTo(this.operator, packed, batch);
    this.products += vectors.length;
    return vectors.map((_, row) => Float64Array.from(products.subarray(row * n, (row + 1) * n)));
  }

  /** Residual of the least of the wanted Ritz values that the probe has. */
  private lastResidual({ alpha, beta }: Probe): number {
    const { residuals } = ritzDecomposition({ alpha, beta });
    return residuals?.at(-Math.min(this.count, alpha.length)) ?? Infinity;
  }

  private addDirection({ basis }: Probe, coefficients: Float64Array): boolean {
    const vector = new Float64Array(this.operator.dimension);
    basis.combination(coefficients, vector);
    const before = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++) for (const known of this.span) axpy(-dot(known, vector), known, vector);
    const norm = Math.sqrt(dot(vector, vector));
    if (norm < newDirection * before) return false;
    this.span.push(
      floatArray(
        this.precision,
        vector.map((value) => value / norm),
      ),
    );
    return true;
  }
}

/** Coordinates of the largest Ritz vectors in the probe's basis, largest value first. */
function topCoefficients({ alpha, beta }: Probe, count: number): Float64Array[] {
  const m = alpha.length;
  const { carried } = tridiagonalEigen(alpha, beta, identity(m));
  return Array.from({ length: Math.min(count, m) }, (_, rank) =>
    Float64Array.from(carried, (row) => row[m - 1 - rank] as number),
  );
}

function identity(n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_unused, j) => (i === j ? 1 : 0)));
}

/** The top Ritz pairs of the space spanned by orthonormal vectors with these images under the operator. */
function rayleighRitz(
  span: readonly FloatArray[],
  images: readonly Float64Array[],
  count: number,
  precision: Precision,
): RitzVectors {
  const s = span.length;
  const projected = Float64Array.from({ length: s * s }, (_, at) =>
    dot(span[Math.floor(at / s)] as FloatArray, images[at % s] as Float64Array),
  );
  const { values, projections } = symmetricEigen(projected, s, identity(s));
  const kept = Array.from({ length: Math.min(count, s) }, (_, rank) => s - 1 - rank);
  const pairs = kept.map((column) => {
    const value = values[column] as number;
    const vector = new Float64Array(span[0]?.length ?? 0);
    const residual = new Float64Array(vector.length);
    span.forEach((direction, row) => {
      const weight = projections[row]?.[column] as number;
      axpy(weight, direction, vector);
      axpy(weight, images[row] as Float64Array, residual);
    });
    axpy(-value, vector, residual);
    return { value, vector, residual: Math.sqrt(dot(residual, residual)) };
  });
  return {
    values: Float64Array.from(pairs, ({ value }) => value),
    residuals: Float64Array.from(pairs, ({ residual }) => residual),
    vectors: pairs.map(({ vector }) => floatArray(precision, vector)),
  };
}

function dot(a: FloatArray, b: FloatArray): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** y += factor · x. */
function axpy(factor: number, x: FloatArray, y: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] as number) + factor * (x[i] as number);
}
