/**
 * A start from vectors that nearly are eigenvectors, such as those of the previous training step: a block Krylov space from them
 * (Golub and Van Loan, Matrix Computations, §10.3.6), Rayleigh–Ritz on it, and the pairs that have converged. Probes that are
 * kept orthogonal to those vectors measure the rest of the spectrum alone.
 */
import { floatArray, type FloatArray, type Precision } from '../numbers/precision.ts';
import { LanczosError } from '../error/LanczosError.ts';
import type { LinearOperator } from '../operator/LinearOperator.ts';
import { applyTo } from '../operator/applyTo.ts';
import { addDirection, rayleighRitz, type RitzVectors } from './rayleighRitz.ts';

export interface DeflationOptions {
  /** K start vectors [n] in any order and of any length; linearly dependent ones are dropped. */
  readonly vectors: readonly ArrayLike<number>[];
  /** Blocks of the Krylov space; each takes K products and the memory of 3 K vectors. Default 3. */
  readonly blocks?: number;
}

export interface Deflation extends RitzVectors {
  /** Matrix-vector products spent. */
  readonly products: number;
}

export const noDeflation: Deflation = {
  values: new Float64Array(),
  residuals: new Float64Array(),
  vectors: [],
  products: 0,
};

/** A pair has converged when its residual is below this share of the largest |Ritz value|: its error is the square of that. */
const convergedShare = 1e-3;
const defaultBlocks = 3;
/** A product adds a direction when at least this share of it is outside the space: less is hardly more than float32 rounding. */
const newDirection = 1e-5;

/**
 * The converged ones of the K largest Ritz pairs, largest first; perhaps none, and never all n. Throws a LanczosError: BAD_OPTION for vectors
 * of another length or an invalid number of blocks, NON_FINITE when the operator returns NaN or Infinity.
 */
export async function deflationOf(
  operator: LinearOperator,
  { vectors, blocks = defaultBlocks }: DeflationOptions,
  precision: Precision,
  signal?: AbortSignal,
): Promise<Deflation> {
  const { dimension } = operator;
  if (!Number.isInteger(blocks) || blocks < 1) {
    throw new LanczosError('BAD_OPTION', `deflate.blocks: expected an integer of at least 1, got ${blocks}.`);
  }
  for (const { length } of vectors) {
    if (length !== dimension) {
      throw new LanczosError('BAD_OPTION', `deflate.vectors: expected ${dimension} entries each, got ${length}.`);
    }
  }
  const span: FloatArray[] = [];
  const images: FloatArray[] = [];
  let newest: readonly ArrayLike<number>[] = vectors;
  for (let block = 0; block < blocks && newest.length > 0; block++) {
    signal?.throwIfAborted();
    const first = span.length;
    for (const vector of newest) addDirection(span, Float64Array.from(vector), { precision, share: newDirection });
    const added = span.slice(first, dimension);
    if (added.length === 0) break;
    const products = await productsOf(operator, added, vectors.length, precision);
    images.push(...products);
    newest = products;
  }
  span.length = images.length;
  if (span.length === 0) return noDeflation;
  const pairs = rayleighRitz(span, images, vectors.length);
  const limit = convergedShare * Math.max(...pairs.values.map(Math.abs));
  const kept = Array.from(pairs.values.keys()).filter(
    (i) => i < dimension - 1 && (pairs.residuals[i] as number) <= limit,
  );
  return {
    values: Float64Array.from(kept, (i) => pairs.values[i] as number),
    residuals: Float64Array.from(kept, (i) => pairs.residuals[i] as number),
    vectors: kept.map((i) => pairs.vectors[i] as FloatArray),
    products: images.length,
  };
}

/** Always `batch` vectors in a call, filled up with zeros: engines compile for a number of vectors. */
async function productsOf(
  operator: LinearOperator,
  vectors: readonly FloatArray[],
  batch: number,
  precision: Precision,
): Promise<FloatArray[]> {
  const n = operator.dimension;
  const packed = floatArray(precision, batch * n);
  vectors.forEach((vector, row) => {
    packed.set(vector, row * n);
  });
  const products = await applyTo(operator, packed, batch);
  const bad = products.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const where = `number ${bad % n} of the product with deflated vector ${Math.floor(bad / n)}`;
    throw new LanczosError('NON_FINITE', `The operator returned ${products[bad]} as ${where}.`);
  }
  return vectors.map((_, row) => products.slice(row * n, (row + 1) * n));
}
