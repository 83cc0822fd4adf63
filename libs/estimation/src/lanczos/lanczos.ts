/**
 * The Lanczos process for several probes at once, with two-pass Gram–Schmidt against the whole basis (Golub & Van Loan,
 * Matrix Computations, §10.3; "twice is enough", Giraud, Langou and Rozložník 2005). α, β and all inner products are
 * accumulated in float64; basis and products may be float32. Without reorthogonalisation ghost copies of converged
 * eigenvalues appear, which would make outlier counts wrong.
 */
import { floatArray, type FloatArray, type Precision } from '../engines/Engine.ts';
import { EstimationError } from '../error/EstimationError.ts';
import type { LinearOperator } from '../operator/LinearOperator.ts';
import { KrylovBasis } from './KrylovBasis.ts';
import { probeVector, type ProbeLaw } from './probeVector.ts';

export interface LanczosOptions {
  /** m, the number of Lanczos steps of each probe; never more than the operator's dimension are taken. */
  readonly steps: number;
  /** k, the number of probes. */
  readonly probes: number;
  readonly seed: number;
  readonly law?: ProbeLaw;
  /** Start from this vector [n] instead of random ones; `probes` must be 1. */
  readonly start?: ArrayLike<number>;
  /** Vectors [n] whose inner products with every basis vector are wanted. */
  readonly project?: readonly Float64Array[];
  /** Precision of the vectors handed to the operator and of the basis. Default float32. */
  readonly precision?: Precision;
  /** Bytes that the bases may take; more probes than fit are done in groups, one after the other. Default 2 GiB. */
  readonly memory?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LanczosProgress) => void;
}

export interface LanczosProgress {
  /** Lanczos steps done, summed over the groups of probes. */
  readonly done: number;
  readonly total: number;
}

export interface ProbeResult {
  readonly index: number;
  readonly seed: number;
  /** Diagonal of the tridiagonal, one entry per step. */
  readonly alpha: Float64Array;
  /** As many entries: beta[j] couples j and j + 1, the last is the norm of the last residual. */
  readonly beta: Float64Array;
  /** Whether the Krylov space became invariant before the last step; the tridiagonal is shorter then and ends with β = 0. */
  readonly breakdown: boolean;
  /** For each vector of `project`: its inner products with the basis vectors. */
  readonly projections: readonly Float64Array[];
}

export interface LanczosResult {
  readonly dimension: number;
  readonly probes: readonly ProbeResult[];
  /** Matrix-vector products spent. */
  readonly hvpCount: number;
  readonly seconds: number;
}

interface Probe {
  readonly index: number;
  readonly basis: KrylovBasis;
  readonly alpha: number[];
  readonly beta: number[];
  breakdown: boolean;
}

/** A residual below this share of the largest entry of the tridiagonal is rounding: the Krylov space is invariant. */
const breakdownShare: Readonly<Record<Precision, number>> = { float32: 5e-7, float64: 1e-14 };
const defaultMemory = 2 * 2 ** 30;

function requireCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new EstimationError('BAD_OPTION', `${name}: expected a whole number of at least 1, got ${value}.`);
  }
}

/**
 * Runs m steps from each of k probes. Throws an EstimationError: BAD_OPTION for m < 1, k < 1 or a bad seed, NON_FINITE (naming
 * step and probe) when the operator returns NaN or Infinity; the signal's reason when it is aborted.
 */
export async function lanczos(operator: LinearOperator, options: LanczosOptions): Promise<LanczosResult> {
  const { dimension } = operator;
  const { precision = 'float32', memory = defaultMemory } = options;
  requireCount('steps (m)', options.steps);
  requireCount('probes (k)', options.probes);
  if (options.start && (options.probes !== 1 || options.start.length !== dimension)) {
    const given = `${options.start.length} entries and ${options.probes} probes`;
    throw new EstimationError('BAD_OPTION', `start: expected ${dimension} entries and 1 probe, got ${given}.`);
  }
  const steps = Math.min(options.steps, dimension);
  const bytesPerProbe = steps * dimension * (precision === 'float64' ? 8 : 4);
  const groupSize = Math.min(options.probes, Math.max(1, Math.floor(memory / bytesPerProbe)));
  const groups = Math.ceil(options.probes / groupSize);
  const started = performance.now();
  const results: ProbeResult[] = [];
  let hvpCount = 0;
  for (let group = 0; group < groups; group++) {
    const probes: Probe[] = [];
    for (let index = group * groupSize; index < Math.min((group + 1) * groupSize, options.probes); index++) {
      probes.push(startProbe(operator, options, index, precision));
    }
    hvpCount += await runGroup(operator, probes, steps, precision, options, (step) =>
      options.onProgress?.({ done: group * steps + step, total: groups * steps }),
    );
    results.push(...probes.map((probe) => finish(probe, options)));
  }
  return { dimension, probes: results, hvpCount, seconds: (performance.now() - started) / 1000 };
}

function startProbe(operator: LinearOperator, options: LanczosOptions, index: number, precision: Precision): Probe {
  const { seed, law = 'sphere', start } = options;
  const vector = start ? Float64Array.from(start) : probeVector(law, seed, index, operator.dimension);
  const norm = Math.sqrt(squaredNorm(vector));
  if (!(norm > 0) || !Number.isFinite(norm)) {
    throw new EstimationError('BAD_OPTION', `start: expected a vector of positive length, got length ${norm}.`);
  }
  const basis = new KrylovBasis(operator.dimension, precision);
  basis.push(vector, norm);
  return { index, basis, alpha: [], beta: [], breakdown: false };
}

/** Advances all probes of a group together, one product for all of them per step; returns the number of products. */
async function runGroup(
  { dimension: n, apply }: LinearOperator,
  probes: readonly Probe[],
  steps: number,
  precision: Precision,
  { signal }: LanczosOptions,
  onStep: (step: number) => void,
): Promise<number> {
  let hvpCount = 0;
  for (let step = 0; step < steps; step++) {
    signal?.throwIfAborted();
    const active = probes.filter((probe) => !probe.breakdown);
    if (active.length === 0) break;
    const vectors = floatArray(precision, active.length * n);
    active.forEach((probe, row) => vectors.set(probe.basis.newest, row * n));
    const products = await apply(vectors, active.length);
    hvpCount += active.length;
    active.forEach((probe, row) => {
      advance(probe, products.subarray(row * n, (row + 1) * n), step + 1 === steps, n, precision);
    });
    onStep(step + 1);
  }
  return hvpCount;
}

/** One Lanczos step of one probe from w = A v_j. */
function advance(probe: Probe, product: FloatArray, last: boolean, n: number, precision: Precision): void {
  const { basis, alpha, beta } = probe;
  const w = Float64Array.from(product);
  const first = basis.project(w);
  basis.subtract(first, w);
  const second = basis.project(w);
  basis.subtract(second, w);
  const j = basis.size - 1;
  const diagonal = (first[j] as number) + (second[j] as number);
  const norm = Math.sqrt(squaredNorm(w));
  if (!Number.isFinite(diagonal) || !Number.isFinite(norm)) {
    const where = `Lanczos step ${j + 1} of probe ${probe.index}`;
    throw new EstimationError(
      'NON_FINITE',
      `The operator returned NaN or Infinity at ${where}; check the model's loss there.`,
    );
  }
  alpha.push(diagonal);
  const scale = Math.max(...alpha.map(Math.abs), ...beta);
  const invariant = norm <= breakdownShare[precision] * scale || basis.size === n;
  beta.push(invariant ? 0 : norm);
  probe.breakdown = invariant && !last;
  if (!invariant && !last) basis.push(w, norm);
}

function finish({ index, basis, alpha, beta, breakdown }: Probe, { seed, project = [] }: LanczosOptions): ProbeResult {
  return {
    index,
    seed,
    alpha: Float64Array.from(alpha),
    beta: Float64Array.from(beta),
    breakdown,
    projections: project.map((vector) => basis.project(vector)),
  };
}

function squaredNorm(vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += (vector[i] as number) ** 2;
  return sum;
}
