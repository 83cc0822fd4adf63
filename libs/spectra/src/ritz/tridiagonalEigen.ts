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
  const d = new Float64Array(m);
  const e = new Float64Array(m);
  for (let i = 0; i < m; i++) d[i] = (diagonal[i] ?? 0) / scale;
  for (let i = 0; i < m - 1; i++) e[i] = (offDiagonal[i] ?? 0) / scale;
  const first = new Float64Array(m);
  const last = new Float64Array(m);
  first[0] = 1;
  last[m - 1] = 1;
  const carried = carry.map((row) => Float64Array.from({ length: m }, (_, i) => row[i] ?? 0));
  const work: Work = { d, e, first, last, cosines: new Float64Array(m), sines: new Float64Array(m) };

  let split = -1;
  for (let l = 0; l < m; l++) {
    if (split < l) for (split = l; split < m - 1 && !isNegligible(d, e, split, negligible);) split++;
    for (let iteration = 0; split > l; iteration++) {
      const floor = iteration < patience ? negligible : Number.EPSILON;
      if (isNegligible(d, e, l, floor)) break;
      if (iteration === maxIterations) {
        throw new SpectrumError('NON_FINITE', `The QL iteration did not converge for eigenvalue ${l} of ${m}.`);
      }
      const next = qlSweep(work, l, split, floor);
      for (const row of carried) rotate(row, work, l, split);
      split = next;
    }
  }
  return sorted(d, [first, last, ...carried], scale);
}

function at(values: Float64Array, index: number): number {
  return values[index] as number;
}

/** Whether rows i and i + 1 may be taken as uncoupled. */
function isNegligible(d: Float64Array, e: Float64Array, i: number, floor: number): boolean {
  const coupling = Math.abs(at(e, i));
  return coupling <= floor || coupling <= Number.EPSILON * (Math.abs(at(d, i)) + Math.abs(at(d, i + 1)));
}

/** The matrix as far as it is diagonal, and the rotations of the last step: of columns i and i + 1, at i. */
interface Work {
  readonly d: Float64Array;
  readonly e: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/** Where f² + g² is smaller it may have lost digits to underflow. */
const smallSquare = 2 ** -900;

/**
 * One implicit QL step on rows l…end, with its rotations applied to the first and the last row of the eigenvector matrix at once,
 * while the square root of the next one is on its way: together they cost hardly more than the step alone.
 * @returns the lowest row above l that is now uncoupled from the next: `end`, or less where the matrix falls apart.
 */
function qlSweep({ d, e, first, last, cosines, sines }: Work, l: number, end: number, floor: number): number {
  const shift = (at(d, l + 1) - at(d, l)) / (2 * at(e, l));
  const root = Math.hypot(shift, 1);
  let g = at(d, end) - at(d, l) + at(e, l) / (shift + (shift >= 0 ? root : -root));
  let s = 1;
  let c = 1;
  let p = 0;
  let firstRight = at(first, end);
  let lastRight = at(last, end);
  let split = end;
  let i = end - 1;
  for (; i >= l; i--) {
    const f = s * at(e, i);
    const b = c * at(e, i);
    const square = f * f + g * g;
    const r = square > smallSquare ? Math.sqrt(square) : Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) break;
    const inverse = 1 / r;
    s = f * inverse;
    c = g * inverse;
    const above = at(d, i + 1) - p;
    const t = (at(d, i) - above) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = above + p;
    g = c * t - b;
    if (i + 1 < end && isNegligible(d, e, i + 1, floor)) split = i + 1;
    cosines[i] = c;
    sines[i] = s;
    const firstLeft = at(first, i);
    const lastLeft = at(last, i);
    first[i + 1] = s * firstLeft + c * firstRight;
    last[i + 1] = s * lastLeft + c * lastRight;
    firstRight = c * firstLeft - s * firstRight;
    lastRight = c * lastLeft - s * lastRight;
  }
  first[i + 1] = firstRight;
  last[i + 1] = lastRight;
  d[i + 1] = at(d, i + 1) - p;
  e[end] = 0;
  if (i < l) {
    e[l] = g;
    return split;
  }
  // A coupling vanished on the way: the rows below were not rotated.
  cosines.fill(1, l, i + 1);
  sines.fill(0, l, i + 1);
  return i + 1;
}

/** Applies the rotations of a step on rows l…end to one more row of the eigenvector matrix. */
function rotate(row: Float64Array, { cosines, sines }: Work, l: number, end: number): void {
  let right = at(row, end);
  for (let i = end - 1; i >= l; i--) {
    const left = at(row, i);
    row[i + 1] = at(sines, i) * left + at(cosines, i) * right;
    right = at(cosines, i) * left - at(sines, i) * right;
  }
  row[l] = right;
}

function sorted(d: Float64Array, rows: readonly Float64Array[], scale: number): TridiagonalEigen {
  const order = Uint32Array.from(d.keys()).sort((i, j) => at(d, i) - at(d, j));
  const [values, first, last, ...carried] = [d, ...rows].map((row) => {
    const moved = new Float64Array(row.length);
    for (let i = 0; i < row.length; i++) moved[i] = at(row, order[i] as number);
    return moved;
  });
  if (!values || !first || !last) throw new RangeError('two rows are always kept');
  for (let i = 0; i < values.length; i++) values[i] = at(values, i) * scale;
  return { values, first, last, carried };
}
