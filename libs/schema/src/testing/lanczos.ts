/** Tridiagonals of a spectrum that is known. */
import { gaussians, referenceLanczos, type ReferenceTridiagonal } from '@ritz/testing';

export interface ProbeData extends ReferenceTridiagonal {
  readonly index: number;
  readonly seed: number;
}

/** m steps from a random start vector on the matrix diag(eigenvalues); beta has m entries, the last a residual's norm. */
export function lanczosProbe(eigenvalues: readonly number[], m: number, index: number, seed: number): ProbeData {
  const start = Float64Array.from({ length: eigenvalues.length }, gaussians(seed + 1000 * index));
  return { index, seed, ...referenceLanczos(eigenvalues, { steps: m, start }) };
}

/** 300 eigenvalues: a bulk in [-0.05, 0.2] and the outliers 3, 5, 8 and 13. */
export const knownSpectrum: readonly number[] = [
  ...Array.from({ length: 296 }, (_, index) => -0.05 + (0.25 * index) / 295),
  3,
  5,
  8,
  13,
];
