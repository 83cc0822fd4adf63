/** A curvature operator in the coordinates of a diagonal preconditioner. */
import { floatArray, type FloatArray } from '@ritz/lanczos';
import { EstimationError } from '../error/EstimationError.ts';
import type { Curvature, VectorKind } from './createCurvature.ts';

/** What a spectrum is measured of. */
export type MeasurableCurvature = Pick<
  Curvature,
  'dimension' | 'passSize' | 'memory' | 'apply' | 'loss' | 'gradient' | 'coordinatesOf'
>;

/**
 * P^(-1/2) A P^(-1/2) for a diagonal P [dimension], in the entries of the operator A: symmetric, with the eigenvalues of P^(-1) A. Its gradient is that in the coordinates P^(1/2) w,
 * P^(-1/2) g, whose overlaps are with its own eigenvectors. Throws an EstimationError: SHAPE for another length, BAD_OPTION for an entry
 * that is not positive.
 */
export function preconditioned(curvature: MeasurableCurvature, diagonal: ArrayLike<number>): MeasurableCurvature {
  const n = curvature.dimension;
  const scale = inverseRoots(diagonal, n);
  const scaled = <Vectors extends FloatArray>(vectors: Vectors, into: Vectors): Vectors => {
    for (let at = 0; at < vectors.length; at++) into[at] = (vectors[at] ?? 0) * (scale[at % n] ?? 0);
    return into;
  };
  return {
    dimension: n,
    passSize: curvature.passSize,
    memory: curvature.memory,
    apply: async (vectors, k) => {
      const precision = vectors instanceof Float64Array ? 'float64' : 'float32';
      const products = await curvature.apply(scaled(vectors, floatArray(precision, vectors.length)), k);
      return scaled(products, products);
    },
    loss: () => curvature.loss(),
    gradient: async () => {
      const gradient = await curvature.gradient();
      return scaled(gradient, gradient);
    },
    coordinatesOf: (vector, kind) =>
      curvature.coordinatesOf(vector, kind).map((value, at) => value * (scale[at] ?? 0) ** exponents[kind]),
  };
}

/** Of P^(-1/2): in the coordinates P^(1/2) w a gradient is P^(-1/2) g, and a displacement P^(1/2) d. */
const exponents: Readonly<Record<VectorKind, number>> = { gradient: 1, displacement: -1 };

function inverseRoots(diagonal: ArrayLike<number>, n: number): Float64Array {
  if (diagonal.length !== n) {
    throw new EstimationError(
      'SHAPE',
      `preconditioner: expected ${n} numbers, one for each parameter of the operator, got ${diagonal.length}.`,
    );
  }
  const scale = new Float64Array(n);
  for (let at = 0; at < n; at++) {
    const entry = diagonal[at] ?? Number.NaN;
    if (!(entry > 0 && entry < Infinity)) {
      throw new EstimationError(
        'BAD_OPTION',
        `preconditioner[${at}]: expected a positive number, got ${entry}. Take the diagonal P that the steps are divided by.`,
      );
    }
    scale[at] = 1 / Math.sqrt(entry);
  }
  return scale;
}
