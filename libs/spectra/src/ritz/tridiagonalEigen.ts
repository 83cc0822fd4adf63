/**
 * Eigenvalues of a symmetric tridiagonal matrix with the first and last component of every eigenvector, in O(m²):
 * implicit QL with Wilkinson shifts (Golub & Van Loan, Matrix Computations, §8.3; Golub & Welsch 1969), the rotations applied
 * to the first and last row of the eigenvector matrix only.
 */
import { SpectrumError } from '../measure/SpectrumError.ts';
import { checkFinite } from '../measure/check.ts';

export interface TridiagonalEigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** First component of each unit eigenvector. */
  readonly first: Float64Array;
  /** Last component of each unit eigenvector. */
  readonly last: Float64Array;
  /** For each row vector c handed in: cᵀ·(eigenvectors), one number per eigenvalue. */
  readonly carried: readonly Float64Array[];
}

const maxIterations = 60;
/** Iterations after which a coupling of the size of the matrix's own rounding is taken as 0: a singular matrix may need it. */
const patience = 30;
/** Of a matrix of norm 1: the square of a smaller coupling is no normal number. */
const negligible = 2 ** -500;

/**
 * `diagonal` has m ≥ 1 entries, `offDiagonal` at least m - 1 (more are ignored). `carry` holds row vectors of m entries whose
 * products with the eigenvectors are wanted: with c = Vᵀg of a Krylov basis V they are ⟨Ritz vector, g⟩, without forming any.
 * Throws a SpectrumError: EMPTY, BAD_LENGTH, NON_FINITE.
 */
export function tridiagonalEigen(
  diagonal: ArrayLike<number>,
  offDiagonal: ArrayLike<number>,
  carry: readonly ArrayLike<number>[] = [],
): TridiagonalEigen {
  const m = diagonal.length;
  if (m < 1) throw new SpectrumError('EMPTY', 'A tridiagonal matrix needs at least one diagonal entry.');
  if (offDiagonal.length < m - 1) {
    throw new SpectrumError(
      'BAD_LENGTH',
      `${m} diagonal entries need ${m - 1} off-diagonal ones, got ${offDiagonal.length}.`,
    );
  }
  checkFinite('diagonal', diagonal);
  checkFinite('offDiagonal', offDiagonal);

  // Scaled to norm about 1, so that squares neither overflow nor vanish.
  let norm = 0;
  for (let i = 0; i < m; i++)
    norm = Math.max(norm, Math.abs(diagonal[i] ?? 0), i < m - 1 ? Math.abs(offDiagonal[i] ?? 0) : 0);
  const scale = norm > 0 ? norm : 1;
  const d = Float64Array.from({ length: m }, (_, i) => (diagonal[i] ?? 0) / scale);
  const e = Float64Array.from({ length: m }, (_, i) => (i < m - 1 ? (offDiagonal[i] ?? 0) / scale : 0));
  const first = new Float64Array(m);
  const last = new Float64Array(m);
  first[0] = 1;
  last[m - 1] = 1;
  const carried = carry.map((row) => Float64Array.from({ length: m }, (_, i) => row[i] ?? 0));
  const rows = [first, last, ...carried];

  for (let l = 0; l < m; l++) {
    for (let iteration = 0; ; iteration++) {
      const floor = iteration < patience ? negligible : Number.EPSILON;
      let split = l;
      while (split < m - 1) {
        const neighbours = Math.abs(at(d, split)) + Math.abs(at(d, split + 1));
        if (Math.abs(at(e, split)) <= Math.max(Number.EPSILON * neighbours, floor)) break;
        split++;
      }
      if (split === l) break;
      if (iteration === maxIterations) {
        throw new SpectrumError('NON_FINITE', `The QL iteration did not converge for eigenvalue ${l} of ${m}.`);
      }
      qlSweep(d, e, rows, l, split);
    }
  }
  return sorted(d, rows, scale);
}

function at(values: Float64Array, index: number): number {
  return values[index] as number;
}

/** One implicit QL step on rows l…end, with rotations applied to the kept rows of the eigenvector matrix. */
function qlSweep(d: Float64Array, e: Float64Array, rows: readonly Float64Array[], l: number, end: number): void {
  let g = (at(d, l + 1) - at(d, l)) / (2 * at(e, l));
  let r = Math.hypot(g, 1);
  g = at(d, end) - at(d, l) + at(e, l) / (g + (g >= 0 ? r : -r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = end - 1; i >= l; i--) {
    const f = s * at(e, i);
    const b = c * at(e, i);
    r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = at(d, i + 1) - p;
      e[end] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = at(d, i + 1) - p;
    r = (at(d, i) - g) * s + 2 * c * b;
    p = s * r;
    d[i + 1] = g + p;
    g = c * r - b;
    for (const row of rows) rotate(row, i, c, s);
  }
  d[l] = at(d, l) - p;
  e[l] = g;
  e[end] = 0;
}

function rotate(row: Float64Array, i: number, c: number, s: number): void {
  const right = at(row, i + 1);
  row[i + 1] = s * at(row, i) + c * right;
  row[i] = c * at(row, i) - s * right;
}

function sorted(d: Float64Array, rows: readonly Float64Array[], scale: number): TridiagonalEigen {
  const order = Array.from(d.keys()).sort((i, j) => at(d, i) - at(d, j));
  const [first, last, ...carried] = rows.map((row) => Float64Array.from(order, (i) => at(row, i)));
  if (!first || !last) throw new RangeError('two rows are always kept');
  return { values: Float64Array.from(order, (i) => at(d, i) * scale), first, last, carried };
}
