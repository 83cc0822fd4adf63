/** A plain float64 Lanczos on diagonal matrices: spectra known by construction, measured as an estimator would. */

/** α and β of m steps, as `MeasuredSpectrum` has them. */
export interface ReferenceTridiagonal {
  readonly alpha: number[];
  readonly beta: number[];
}

export interface ReferenceOptions {
  readonly steps: number;
  readonly start: ArrayLike<number>;
  /** Default true; without it ghost copies appear. */
  readonly reorthogonalise?: boolean;
}

/** α and β of the diagonal matrix with these eigenvalues; ends early where the Krylov space is invariant, with a last β of 0. */
export function referenceLanczos(
  eigenvalues: ArrayLike<number>,
  { steps, start, reorthogonalise = true }: ReferenceOptions,
): ReferenceTridiagonal {
  const n = eigenvalues.length;
  const scale = Math.max(...Array.from(eigenvalues, Math.abs));
  const basis = [normalised(Float64Array.from(start))];
  const alpha: number[] = [];
  const beta: number[] = [];
  for (let step = 0; step < steps; step++) {
    const v = basis[step] as Float64Array;
    const w = v.map((x, i) => x * (eigenvalues[i] ?? 0));
    alpha.push(dot(v, w));
    const against = reorthogonalise ? [...basis, ...basis] : basis.slice(-2).reverse();
    for (const row of against) axpy(-dot(row, w), row, w);
    const norm = Math.sqrt(dot(w, w));
    const ended = norm <= 1e-13 * scale || (reorthogonalise && step + 1 === n);
    beta.push(ended ? 0 : norm);
    if (ended) break;
    basis.push(w.map((x) => x / norm));
  }
  return { alpha, beta };
}

/** Probes from seeded Gaussian start vectors. */
export function referenceProbes(
  eigenvalues: ArrayLike<number>,
  { steps, probes, seed = 1 }: { readonly steps: number; readonly probes: number; readonly seed?: number },
): ReferenceTridiagonal[] {
  const next = gaussians(seed);
  return Array.from({ length: probes }, () =>
    referenceLanczos(eigenvalues, { steps, start: Float64Array.from({ length: eigenvalues.length }, next) }),
  );
}

/** Standard normal numbers from a linear congruential generator by Box and Muller's transformation. */
export function gaussians(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** A bulk of `n - outliers.length` eigenvalues evenly on [-0.1, 1], then the outliers. */
export function bulkAndOutliers(n: number, outliers: readonly number[]): number[] {
  const bulk = n - outliers.length;
  return [...Array.from({ length: bulk }, (_, i) => -0.1 + (1.1 * i) / (bulk - 1)), ...outliers];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function axpy(factor: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] as number) + factor * (x[i] as number);
}

function normalised(x: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(x, x));
  return x.map((value) => value / norm);
}
