/** One probe of a Lanczos run: its tridiagonal so far and its basis. */
import type { FloatArray, Precision } from '../numbers/precision.ts';
import { LanczosError } from '../error/LanczosError.ts';
import { KrylovBasis } from '../basis/KrylovBasis.ts';
import { orthogonalise, orthogonaliseProducts, type Orthogonalised } from '../basis/orthogonalise.ts';

/** A residual below this share of the largest entry of the tridiagonal is rounding: the Krylov space is invariant. */
const breakdownShare: Readonly<Record<Precision, number>> = { float32: 5e-7, float64: 1e-14 };

/** Below this the reciprocal of a norm overflows. */
const smallestNorm = 2 ** -1000;

export interface Probe {
  readonly index: number;
  /** From row `first` on one row more than `alpha` has entries: the next Lanczos vector; as many rows after a breakdown. */
  readonly basis: KrylovBasis;
  /** Row of the start vector; those before it are vectors that the probe is kept orthogonal to. */
  readonly first: number;
  readonly alpha: number[];
  readonly beta: number[];
  breakdown: boolean;
}

/**
 * Starts from a vector [n] of any positive length, orthogonal to the rows of the basis. Throws a LanczosError
 * (BAD_OPTION) for a zero or non-finite vector.
 */
export async function startProbe(index: number, basis: KrylovBasis, start: ArrayLike<number>): Promise<Probe> {
  const first = basis.size;
  basis.load(start);
  const [{ norm } = { norm: Number.NaN }] = await orthogonalise([basis]);
  if (!(norm > smallestNorm) || !Number.isFinite(norm)) {
    throw new LanczosError('BAD_OPTION', `start: expected a vector of positive length, got length ${norm}.`);
  }
  await KrylovBasis.append([basis], [norm]);
  return { index, basis, first, alpha: [], beta: [], breakdown: false };
}

/**
 * One Lanczos step of each probe from the product A v of its newest vector, [n] each. β is taken after reorthogonalisation; when it is no
 * more than rounding, it is stored as 0 and the probe ends there. Throws a LanczosError (NON_FINITE) naming step and probe.
 */
export async function advance(
  probes: readonly Probe[],
  products: readonly FloatArray[],
  dimension: number,
  precision: Precision,
): Promise<void> {
  const bases = probes.map(({ basis }) => basis);
  bases.forEach((basis, position) => basis.load(products[position] ?? []));
  const found = await orthogonaliseProducts(bases);
  probes.forEach((probe, position) => {
    extend(probe, found[position] ?? { alongNewest: Number.NaN, norm: Number.NaN }, dimension, precision);
  });
  const going = probes.filter(({ breakdown }) => !breakdown);
  await KrylovBasis.append(
    going.map(({ basis }) => basis),
    going.map(({ beta }) => beta.at(-1) ?? Number.NaN),
  );
}

/** The next entries of a probe's tridiagonal. */
function extend(probe: Probe, { alongNewest, norm }: Orthogonalised, dimension: number, precision: Precision): void {
  const { first, alpha, beta } = probe;
  if (!Number.isFinite(alongNewest) || !Number.isFinite(norm)) {
    throw new LanczosError(
      'NON_FINITE',
      `The operator returned NaN or Infinity at Lanczos step ${alpha.length + 1} of probe ${probe.index}; ` +
        `check that the loss is finite at this point.`,
    );
  }
  alpha.push(alongNewest);
  const scale = Math.max(...alpha.map(Math.abs), ...beta);
  probe.breakdown =
    norm <= Math.max(breakdownShare[precision] * scale, smallestNorm) || first + alpha.length === dimension;
  beta.push(probe.breakdown ? 0 : norm);
}
