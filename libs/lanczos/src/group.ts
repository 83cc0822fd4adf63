/** Advances a group of probes together: one call of the operator per Lanczos step for all of them. */
import { sharedFloatArray, type FloatArray, type Precision } from './numbers/precision.ts';
import { LanczosError } from './error/LanczosError.ts';
import type { LinearOperator } from './operator/LinearOperator.ts';
import { applyTo } from './operator/applyTo.ts';
import { hasConverged } from './convergence.ts';
import { advance, type Probe } from './probes/probe.ts';
import { SavedGroup, type JournalOptions } from './journal/SavedGroup.ts';

export interface GroupOptions {
  readonly operator: LinearOperator;
  readonly precision: Precision;
  /** Maximum number of steps. */
  readonly steps: number;
  /** Stop earlier once converged to this; 0 never does. */
  readonly tolerance: number;
  readonly signal?: AbortSignal | undefined;
  readonly onStep: (step: number) => void;
  readonly saving?: JournalOptions | undefined;
}

/** Steps between two checks of convergence. */
const convergenceEvery = 5;

/**
 * Vectors and products of a step, [k, n] each. Always the same memory: of a net's size, new arrays in every step would cost more than
 * filling them.
 */
interface StepMemory {
  readonly vectors: FloatArray;
  readonly products: FloatArray;
}

/** The products of one basis row of each probe. */
async function applyToRows(
  { operator }: GroupOptions,
  memory: StepMemory,
  probes: readonly Probe[],
  row: (probe: Probe) => number,
): Promise<FloatArray> {
  const { dimension } = operator;
  const vectors = memory.vectors.subarray(0, probes.length * dimension);
  probes.forEach((probe, position) => probe.basis.copyRow(row(probe), vectors, position * dimension));
  return applyTo(operator, vectors, probes.length, memory.products.subarray(0, vectors.length));
}

/** Steps that the longest-lived probe has taken. */
function stepsOf(probes: readonly Probe[]): number {
  return Math.max(...probes.map(({ alpha }) => alpha.length));
}

/**
 * The next products of the probes. When the operator fails, for example because its engine ran out of memory, the state is saved
 * first; the LanczosError (OPERATOR_FAILED) says at which step it failed and where to continue, and its cause is what was thrown.
 */
async function productsOf(
  probes: readonly Probe[],
  options: GroupOptions,
  memory: StepMemory,
  saved: SavedGroup | undefined,
): Promise<FloatArray> {
  try {
    return await applyToRows(options, memory, probes, ({ basis }) => basis.size - 1);
  } catch (error) {
    await saved?.save();
    options.signal?.throwIfAborted();
    if (error instanceof LanczosError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const given = options.saving?.journal.file;
    const steps = given
      ? `The steps before it are saved in ${given}: run the same measurement again to continue from there.`
      : 'The steps before it are lost, because no journal was given.';
    const numbers = probes.map(({ index }) => index).join(', ');
    const where = `Lanczos step ${stepsOf(probes) + 1} of probe${probes.length === 1 ? '' : 's'} ${numbers}`;
    throw new LanczosError('OPERATOR_FAILED', `${why} This was in ${where}. ${steps}`, { cause: error });
  }
}

/** Lets timers, signals and messages through. */
function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
const yieldIntervalMs = 50;

/** Runs the group to its end. Throws what `advance` throws, and the signal's reason when it is aborted. */
export async function runGroup(probes: readonly Probe[], options: GroupOptions): Promise<void> {
  const { operator, precision, steps, tolerance, signal, onStep } = options;
  const saved = options.saving && new SavedGroup(probes, operator.dimension, precision, options.saving);
  const size = probes.length * operator.dimension;
  const memory = { vectors: sharedFloatArray(precision, size), products: sharedFloatArray(precision, size) };
  if (await saved?.restore()) saved?.checkFirst(await applyToRows(options, memory, probes, ({ first }) => first));
  const isDone = (): boolean => {
    const step = stepsOf(probes);
    const look = tolerance > 0 && step > 0 && step % convergenceEvery === 0;
    return step >= steps || probes.every(({ breakdown }) => breakdown) || (look && hasConverged(probes, tolerance));
  };
  let lastYield = performance.now();
  let done = isDone();
  while (!done) {
    signal?.throwIfAborted();
    const active = probes.filter(({ breakdown }) => !breakdown);
    const products = await productsOf(active, options, memory, saved);
    saved?.noteProducts(products);
    const { dimension } = operator;
    const rows = active.map((_, position) => products.subarray(position * dimension, (position + 1) * dimension));
    // All at once where each has a vector to work on.
    const together = active[0]?.basis.ownsVector === true ? active.length : 1;
    for (let from = 0; from < active.length; from += together) {
      const range = [from, from + together] as const;
      await advance(active.slice(...range), rows.slice(...range), dimension, precision);
      if (performance.now() - lastYield > yieldIntervalMs) {
        await yieldToEventLoop();
        signal?.throwIfAborted();
        lastYield = performance.now();
      }
    }
    done = isDone();
    await saved?.afterStep(done);
    onStep(stepsOf(probes));
  }
}
