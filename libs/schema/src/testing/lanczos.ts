/** Lanczos in float64 with full reorthogonalisation on a diagonal matrix: tridiagonals of a spectrum that is known. */

export interface ProbeData {
  readonly index: number;
  readonly seed: number;
  readonly alpha: number[];
  readonly beta: number[];
}

/** Numbers in (0, 1) from a seed: the mulberry32 generator, enough for test vectors. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

function startVector(length: number, seed: number): Float64Array {
  const next = uniform(seed);
  const vector = Float64Array.from({ length }, () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()));
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

/** m steps from a random start vector on the matrix diag(eigenvalues); beta has m entries, the last a residual's norm. */
export function lanczosProbe(eigenvalues: readonly number[], m: number, index: number, seed: number): ProbeData {
  const diagonal = Float64Array.from(eigenvalues);
  const basis: Float64Array[] = [startVector(diagonal.length, seed + 1000 * index)];
  const alpha: number[] = [];
  const beta: number[] = [];
  for (let step = 0; step < m; step++) {
    const current = basis[step] ?? new Float64Array();
    const image = diagonal.map((value, position) => value * (current[position] ?? 0));
    alpha.push(inner(current, image));
    for (let pass = 0; pass < 2; pass++) {
      for (const vector of basis) {
        const overlap = inner(vector, image);
        vector.forEach((value, position) => (image[position] = (image[position] ?? 0) - overlap * value));
      }
    }
    const norm = Math.hypot(...image);
    beta.push(norm);
    basis.push(image.map((value) => value / norm));
  }
  return { index, seed, alpha, beta };
}

/** 300 eigenvalues: a bulk in [-0.05, 0.2] and the outliers 3, 5, 8 and 13. */
export const knownSpectrum: readonly number[] = [
  ...Array.from({ length: 296 }, (_, index) => -0.05 + (0.25 * index) / 295),
  3,
  5,
  8,
  13,
];
