/** Checks that a linear operator is symmetric and deterministic, as Lanczos requires. */
import { floatArray, type Precision } from '../numbers/precision.ts';
import { LanczosError } from '../error/LanczosError.ts';
import type { LinearOperator } from './LinearOperator.ts';
import { applyTo } from './applyTo.ts';
import { probeVector } from '../probes/probeVector.ts';

export interface CheckOptions {
  /** Default float32. */
  readonly precision?: Precision;
  readonly seed?: number;
  /** Random vectors to try, at least 2; all pairs of them are compared. Default 4. */
  readonly vectors?: number;
}

export interface OperatorCheck {
  /** About ‖A − Aᵀ‖ / ‖A‖ in the Frobenius norm: the largest value that a pair of vectors showed. */
  readonly asymmetry: number;
  /** Matrix-vector products spent. */
  readonly hvpCount: number;
}

/** Differences that rounding may cause; dropout, augmentation or another batch cause far larger ones. */
const allowedAsymmetry: Readonly<Record<Precision, number>> = { float32: 1e-3, float64: 1e-9 };

/**
 * Applies the operator twice to the same random vectors. For random unit vectors ⟨u, Av⟩ − ⟨Au, v⟩ is of the order
 * ‖A − Aᵀ‖_F / n, and ‖Av‖ of the order ‖A‖_F / √n. Throws a LanczosError: NON_DETERMINISTIC (saying how many numbers
 * differed, and by how much), ASYMMETRIC (saying by how much), NON_FINITE.
 */
export async function checkOperator(operator: LinearOperator, options: CheckOptions = {}): Promise<OperatorCheck> {
  const { precision = 'float32', seed = 0, vectors: k = 4 } = options;
  if (!Number.isInteger(k) || k < 2) {
    throw new LanczosError('BAD_OPTION', `vectors: expected an integer of at least 2, got ${k}.`);
  }
  const n = operator.dimension;
  const vectors = floatArray(precision, k * n);
  for (let row = 0; row < k; row++) vectors.set(probeVector('sphere', seed, row, n), row * n);
  const products = (await applyTo(operator, vectors, k)).slice();
  const bad = products.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const where = `number ${bad % n} of the product with random vector ${Math.floor(bad / n)}`;
    throw new LanczosError('NON_FINITE', `The operator returned ${products[bad]} as ${where}.`);
  }
  compareRepeat(products, await applyTo(operator, vectors, k));
  const asymmetry = largestAsymmetry(vectors, products, k, n);
  if (asymmetry > allowedAsymmetry[precision]) {
    throw new LanczosError(
      'ASYMMETRIC',
      `The operator is not symmetric: ⟨u, Av⟩ and ⟨Au, v⟩ differ by ${asymmetry.toExponential(1)} of its size ` +
        `(${allowedAsymmetry[precision]} is allowed in ${precision}). A Hessian must be of one fixed, smooth loss.`,
    );
  }
  return { asymmetry, hvpCount: 2 * k };
}

function compareRepeat(first: ArrayLike<number>, second: ArrayLike<number>): void {
  let differing = 0;
  let largest = 0;
  let scale = 0;
  for (let i = 0; i < first.length; i++) {
    const a = first[i] as number;
    const b = second[i] as number;
    scale = Math.max(scale, Math.abs(a));
    if (!Object.is(a, b)) {
      differing++;
      largest = Math.max(largest, Math.abs(a - b));
    }
  }
  if (differing === 0) return;
  throw new LanczosError(
    'NON_DETERMINISTIC',
    `The operator is not deterministic: applied twice to the same vectors, ${differing} of ${first.length} numbers differ, ` +
      `by up to ${(largest / scale).toExponential(1)} of the largest. Fix its data: no dropout, no augmentation, no reshuffling.`,
  );
}

function largestAsymmetry(vectors: ArrayLike<number>, products: ArrayLike<number>, k: number, n: number): number {
  const inner = (a: ArrayLike<number>, row: number, b: ArrayLike<number>, column: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (a[row * n + i] as number) * (b[column * n + i] as number);
    return sum;
  };
  let squares = 0;
  for (let row = 0; row < k; row++) squares += inner(products, row, products, row);
  if (squares === 0) return 0;
  const size = Math.sqrt(squares / k / n);
  let largest = 0;
  for (let u = 0; u < k; u++) {
    for (let v = 0; v < u; v++) {
      largest = Math.max(largest, Math.abs(inner(vectors, u, products, v) - inner(products, u, vectors, v)) / size);
    }
  }
  return largest;
}
