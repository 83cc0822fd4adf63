/**
 * The Lanczos process for several probes at once, with two-pass Gram–Schmidt against the whole basis (Golub & Van Loan,
 * Matrix Computations, §10.3). α, β and all inner products are accumulated in float64; basis and products may be float32.
 * Without reorthogonalisation ghost copies of converged eigenvalues appear, which would make outlier counts wrong.
 */
import { createHash } from 'node:crypto';
import { LanczosError } from './error/LanczosError.ts';
import { checkPrecision } from './numbers/checkPrecision.ts';
import type { Precision } from './numbers/precision.ts';
import type { LinearOperator } from './operator/LinearOperator.ts';
import { KrylovBasis } from './basis/KrylovBasis.ts';
import { deflationOf, noDeflation, type DeflationOptions } from './vectors/deflation.ts';
import { restoreFinished, type FinishedProbes } from './finished.ts';
import { runGroup, type GroupOptions } from './group.ts';
import { LanczosJournal } from './journal/LanczosJournal.ts';
import { openWorkspace, place, type Scratch } from './basis/placement.ts';
import { startProbe, type Probe } from './probes/probe.ts';
import { defaultBasisMemory } from './probes/probeGroups.ts';
import { probeVector, type ProbeLaw } from './probes/probeVector.ts';
import type { RitzVectors } from './vectors/rayleighRitz.ts';
import { maxRitzVectors, RitzCollector } from './vectors/ritzVectors.ts';

export interface LanczosOptions {
  /** m, the number of Lanczos steps of each probe, or the ceiling with `tolerance`; never more than the dimension are taken. */
  readonly steps: number;
  /** k, the number of probes. */
  readonly probes: number;
  /** Index of the first of them: a part of a larger set of probes has the start vectors that it has in the whole. Default 0. */
  readonly firstProbe?: number;
  /** Integer from 0 to 2^53 - 1: with it, every start vector is the same on every machine. */
  readonly seed: number;
  /** Distribution of the start vectors. Default: uniform on the sphere. */
  readonly law?: ProbeLaw;
  /** Start from this vector [n] instead of random ones; `probes` must be 1. */
  readonly start?: ArrayLike<number>;
  /**
   * Nearly eigenvectors, such as those of the previous training step (`top.vectors`): those that have converged are taken out of
   * the probes, which measure the rest of the spectrum alone.
   */
  readonly deflate?: DeflationOptions;
  /** Stop before `steps` once extreme Ritz values and density have converged to this share of the largest |Ritz value|. */
  readonly tolerance?: number;
  /**
   * Number of largest eigenvalues to return with their vectors; fewer if these would take more than `memory` beside the
   * bases. Default 0.
   */
  readonly ritzVectors?: number;
  /** Precision of the vectors handed to the operator and of the basis. Default float32. */
  readonly precision?: Precision;
  /** Bytes that the bases may take; more probes than fit are done in groups, one after the other. Default 2 GiB. */
  readonly memory?: number;
  /** Where a basis that does not fit in memory is stored. Default: an error instead. */
  readonly scratch?: Scratch;
  /**
   * Threads that orthogonalise; the numbers do not depend on it. 1: in the thread of the caller. Default: as many as there are cores
   * for large bases.
   */
  readonly threads?: number;
  /** Save the state to this file, and continue from it when it is there. */
  readonly journal?: JournalFile;
  /** Parts of these probes that finished elsewhere: read from their journals instead of run. */
  readonly finished?: readonly FinishedProbes[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LanczosProgress) => void;
}

export interface JournalFile {
  readonly file: string;
  /** Lanczos steps between two saves. Default 10. */
  readonly every?: number;
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
  /** Whether the Krylov space became invariant: the last β is 0 then, and there may be fewer than m steps. */
  readonly breakdown: boolean;
}

export interface LanczosResult {
  readonly dimension: number;
  readonly probes: readonly ProbeResult[];
  /** The eigenvalues that the probes do not see, each with its residual; empty without `deflate`. */
  readonly deflated: Pick<RitzVectors, 'values' | 'residuals'>;
  /** The largest eigenvalues with their vectors: as many as requested, as exist and as fit in memory. */
  readonly top: RitzVectors;
  /** Matrix-vector products in the result, including those before a run was resumed. */
  readonly hvpCount: number;
  /** Wall time of this call. */
  readonly seconds: number;
}

const defaultSaveEvery = 10;

function requireCount(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new LanczosError('BAD_OPTION', `${name}: expected an integer of at least ${least}, got ${value}.`);
  }
}

function check({ dimension }: LinearOperator, options: LanczosOptions): void {
  requireCount('operator dimension (n)', dimension, 1);
  requireCount('steps (m)', options.steps, 1);
  requireCount('probes (k)', options.probes, 1);
  requireCount('ritzVectors', options.ritzVectors ?? 0, 0);
  requireCount('journal.every', options.journal?.every ?? 1, 1);
  requireCount('firstProbe', options.firstProbe ?? 0, 0);
  requireCount('threads', options.threads ?? 1, 1);
  const { start, probes, tolerance = 0, precision = 'float32' } = options;
  checkPrecision(precision);
  if (start && (probes !== 1 || start.length !== dimension)) {
    const given = `${start.length} entries and ${probes} probes`;
    throw new LanczosError('BAD_OPTION', `start: expected ${dimension} entries and 1 probe, got ${given}.`);
  }
  if (!(tolerance >= 0 && tolerance < 1)) {
    throw new LanczosError('BAD_OPTION', `tolerance: expected a number from 0 to below 1, got ${tolerance}.`);
  }
}

/**
 * Runs m steps from each of k probes. Throws a LanczosError: BAD_OPTION for m < 1, k < 1 or another option out of range,
 * NON_FINITE (naming step and probe) when the operator returns NaN or Infinity, CORRUPT_STATE or STATE_UNWRITABLE about the
 * journal or the scratch file; the signal's reason when it is aborted.
 */
export async function lanczos(operator: LinearOperator, options: LanczosOptions): Promise<LanczosResult> {
  check(operator, options);
  const { dimension } = operator;
  const { precision = 'float32', seed, signal, tolerance = 0, firstProbe = 0 } = options;
  const started = performance.now();
  const deflation = options.deflate ? await deflationOf(operator, options.deflate, precision, signal) : noDeflation;
  const first = deflation.vectors.length;
  const steps = Math.min(options.steps, dimension - first);
  const rows = first + Math.min(steps + 1, dimension - first);
  const { scratch, threads, memory = defaultBasisMemory } = options;
  const placementOptions = { dimension, rows, precision, probes: options.probes, memory, scratch, threads };
  const placement = place(placementOptions);
  const { size } = placement;
  const groups = Math.ceil(options.probes / size);
  const executor = openWorkspace(placementOptions, placement);
  const vectors = Math.min(options.ritzVectors ?? 0, maxRitzVectors(dimension, precision, memory));
  const collector = new RitzCollector(operator, vectors, precision, deflation.vectors);
  const results: ProbeResult[] = [];
  const openPart = ({ file, ...part }: FinishedProbes): Promise<LanczosJournal> =>
    openJournal(file, operator, { ...options, ...part }, place({ ...placementOptions, ...part }).size, []);
  let journal: LanczosJournal | undefined;
  try {
    journal = options.journal && (await openJournal(options.journal.file, operator, options, size, deflation.vectors));
    for (let group = 0; group < groups; group++) {
      const probes: Probe[] = [];
      for (let slot = 0; slot < Math.min(size, options.probes - group * size); slot++) {
        const basis = new KrylovBasis(executor, slot);
        for (const vector of deflation.vectors) basis.restore(vector);
        const index = firstProbe + group * size + slot;
        probes.push(await startProbe(index, basis, startVector(options, index, dimension)));
      }
      const settings: GroupOptions = {
        operator,
        precision,
        steps,
        tolerance,
        signal,
        onStep: (step) => options.onProgress?.({ done: group * steps + step, total: groups * steps }),
        saving: journal && { journal, every: options.journal?.every ?? defaultSaveEvery },
      };
      if (options.finished) await restoreFinished(probes, options.finished, steps, openPart);
      else await runGroup(probes, settings);
      await collector.collect(probes);
      results.push(...probes.map((probe) => resultOf(probe, seed)));
    }
    const top = await collector.finish(size, signal);
    const spent = results.reduce((sum, { alpha }) => sum + alpha.length, 0);
    return {
      dimension,
      probes: results,
      deflated: { values: deflation.values, residuals: deflation.residuals },
      top,
      hvpCount: deflation.products + spent + collector.products,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await executor.close();
    await journal?.close();
  }
}

function startVector({ start, law = 'sphere', seed }: LanczosOptions, index: number, n: number): ArrayLike<number> {
  return start ?? probeVector(law, seed, index, n);
}

function openJournal(
  file: string,
  { dimension }: LinearOperator,
  { steps, probes, firstProbe = 0, seed, start, law = 'sphere', precision = 'float32', tolerance = 0 }: LanczosOptions,
  groupSize: number,
  deflated: readonly ArrayLike<number>[],
): Promise<LanczosJournal> {
  const startDigest = start ? digestOf([start]) : 'random';
  const identity = { dimension, steps, probes, seed, law, precision, tolerance, groupSize, start: startDigest };
  const part = firstProbe > 0 ? { ...identity, firstProbe } : identity;
  const whole = deflated.length > 0 ? { ...part, deflated: digestOf(deflated) } : part;
  return LanczosJournal.open(file, whole, dimension, precision);
}

function digestOf(vectors: readonly ArrayLike<number>[]): string {
  const hash = createHash('sha256');
  for (const vector of vectors) hash.update(Float64Array.from(vector));
  return hash.digest('hex');
}

function resultOf({ index, alpha, beta, breakdown }: Probe, seed: number): ProbeResult {
  return { index, seed, alpha: Float64Array.from(alpha), beta: Float64Array.from(beta), breakdown };
}
