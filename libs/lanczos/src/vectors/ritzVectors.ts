/**
 * The largest eigenvalues with their vectors, from the bases of all probes. One probe sees a single vector of a repeated
 * eigenvalue, and resolves the ones it started nearly orthogonal to badly; together they see more. So the Ritz vectors of the
 * best probe are taken first, then those of the others as far as they point in new directions; the span of all is
 * orthonormalised, the operator applied to it, and the Ritz pairs of that space are the result, with residuals that are
 * measured and not inferred. Vectors that were deflated from the probes belong to it, too.
 */
import { ritzDecomposition, tridiagonalEigen } from '@ritz/spectra';
import { bytesPerNumber, floatArray, type FloatArray, type Precision } from '../numbers/precision.ts';
import type { LinearOperator } from '../operator/LinearOperator.ts';
import { applyTo } from '../operator/applyTo.ts';
import type { Probe } from '../probes/probe.ts';
import { addDirection, identity, rayleighRitz, type RitzVectors } from './rayleighRitz.ts';

/** A unit vector adds a direction when at least this share of its length is outside the span of the others. */
const newDirection = 0.1;
/** Directions kept for each requested vector. */
const spare = 2;

/** How many vectors of dimension n can be requested: of each direction the vector and its image are kept. */
export function maxRitzVectors(n: number, precision: Precision, memory: number): number {
  return Math.floor(memory / (spare * 2 * bytesPerNumber[precision] * n));
}

export class RitzCollector {
  /** Matrix-vector products spent. */
  products = 0;
  private readonly operator: LinearOperator;
  private readonly count: number;
  private readonly precision: Precision;
  /** Maximum number of directions. */
  private readonly limit: number;
  /** Orthonormal. */
  private readonly span: FloatArray[] = [];

  /** `deflated` are orthonormal. */
  constructor(operator: LinearOperator, count: number, precision: Precision, deflated: readonly FloatArray[] = []) {
    this.operator = operator;
    this.count = Math.min(count, operator.dimension);
    this.precision = precision;
    if (count > 0) this.span.push(...deflated);
    this.limit = Math.min(this.span.length + spare * this.count, operator.dimension);
  }

  /** Adds the top Ritz vectors of these probes; their bases are not needed afterwards. */
  async collect(probes: readonly Probe[]): Promise<void> {
    if (this.count === 0) return;
    const byQuality = [...probes].sort((a, b) => this.lastResidual(a) - this.lastResidual(b));
    for (const probe of byQuality) {
      let added = 0;
      for (const coefficients of topCoefficients(probe, this.count)) {
        if (this.span.length >= this.limit) return;
        if (await this.addDirection(probe, coefficients)) added++;
      }
      if (added === 0) return;
    }
  }

  /** Rayleigh–Ritz on the span, `batch` vectors per call of the operator. */
  async finish(batch: number, signal?: AbortSignal): Promise<RitzVectors> {
    if (this.span.length === 0) return { values: new Float64Array(), residuals: new Float64Array(), vectors: [] };
    const images: FloatArray[] = [];
    for (let first = 0; first < this.span.length; first += batch) {
      signal?.throwIfAborted();
      images.push(...(await this.applyTo(this.span.slice(first, first + batch), batch)));
    }
    return rayleighRitz(this.span, images, this.count);
  }

  /** Always `batch` vectors, filled up with zeros: engines compile for a number of vectors. */
  private async applyTo(vectors: readonly FloatArray[], batch: number): Promise<FloatArray[]> {
    const n = this.operator.dimension;
    const packed = floatArray(this.precision, batch * n);
    vectors.forEach((vector, row) => packed.set(vector, row * n));
    const products = await applyTo(this.operator, packed, batch);
    this.products += vectors.length;
    return vectors.map((_, row) => products.slice(row * n, (row + 1) * n));
  }

  /** Residual of the smallest requested Ritz value of the probe. */
  private lastResidual({ alpha, beta }: Probe): number {
    const { residuals } = ritzDecomposition({ alpha, beta });
    return residuals?.at(-Math.min(this.count, alpha.length)) ?? Infinity;
  }

  private async addDirection({ basis, first }: Probe, coefficients: Float64Array): Promise<boolean> {
    const vector = new Float64Array(this.operator.dimension);
    await basis.combination([...new Array<number>(first).fill(0), ...coefficients], vector);
    return addDirection(this.span, vector, { precision: this.precision, share: newDirection });
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
