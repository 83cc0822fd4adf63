/**
 * Gram–Schmidt of the working vectors of several bases against all their rows, twice ("twice is enough": Giraud, Langou, Rozložník and
 * van den Eshof, Numer. Math. 101, 2005), accumulated in float64. A Lanczos product lies in the span of the two newest rows but for rounding and what
 * is new, so that its first pass is over these two alone and the second finds coefficients of the size of rounding: the basis is read
 * twice and not three times. Where the second pass finds more, as of an operator that is not quite symmetric, a third follows.
 */
import { KrylovBasis, type Sums } from './KrylovBasis.ts';

export interface Orthogonalised {
  /** Inner product with the newest row, before it was removed: α of the Lanczos recurrence. */
  readonly alongNewest: number;
  /** Norm of what is left: β. */
  readonly norm: number;
}

/** Rows of the three-term recurrence. */
const recurrence = 2;
/** Coefficients of a second pass above this share of the vector leave more than rounding to be found by a third. */
const enough = 2 ** -10;

/** Of vectors that may lie anywhere: both passes are over all rows. */
export function orthogonalise(bases: readonly KrylovBasis[]): Promise<Orthogonalised[]> {
  return passesFrom(bases, () => 0);
}

/** Of products of the operator with the newest rows. */
export function orthogonaliseProducts(bases: readonly KrylovBasis[]): Promise<Orthogonalised[]> {
  return passesFrom(bases, ({ size }) => Math.max(0, size - recurrence));
}

async function passesFrom(
  bases: readonly KrylovBasis[],
  firstRow: (basis: KrylovBasis) => number,
): Promise<Orthogonalised[]> {
  const first = await KrylovBasis.subtract(bases, (basis) => ({
    from: 0,
    coefficients: [],
    project: firstRow(basis),
  }));
  const second = await KrylovBasis.subtract(bases, (basis, index) => ({
    from: firstRow(basis),
    coefficients: first[index]?.products ?? [],
    project: 0,
  }));
  const third = new Map<KrylovBasis, Sums>();
  const unfinished = bases.filter((_, index) => needsMore(second[index]));
  const again = await KrylovBasis.subtract(unfinished, (basis) => ({
    from: 0,
    coefficients: second[bases.indexOf(basis)]?.products ?? [],
    project: 0,
  }));
  unfinished.forEach((basis, index) => third.set(basis, again[index] as Sums));
  const last = await KrylovBasis.subtract(bases, (basis, index) => ({
    from: 0,
    coefficients: (third.get(basis) ?? second[index])?.products ?? [],
    project: null,
  }));
  return bases.map((basis, index) => {
    const along = [first[index], second[index], third.get(basis)].map((sums) => sums?.products.at(-1) ?? 0);
    return {
      alongNewest: along.reduce((sum, value) => sum + value, 0),
      norm: Math.sqrt(last[index]?.squares ?? Number.NaN),
    };
  });
}

function needsMore({ products, squares }: Sums = { products: new Float64Array(), squares: 0 }): boolean {
  const found = products.reduce((sum, value) => sum + value * value, 0);
  return found > enough ** 2 * squares;
}
