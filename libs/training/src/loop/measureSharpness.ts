/** Few products instead of a spectrum: the largest eigenvalue, and the curvature along the gradient and along the next update. */
import { preconditioned, type Engine, type MeasurableCurvature } from '@ritz/estimation';
import { floatArray, lanczos, probeVector } from '@ritz/lanczos';
import type { StepValues } from '@ritz/records';
import { ritzDecomposition } from '@ritz/spectra';

export interface SharpnessSettings {
  /** Steps between two measurements; the last step is measured too. */
  readonly every: number;
  /** m: products for each λ1. */
  readonly lanczosSteps: number;
  /** Of the random part of the start vector, the same at every step. */
  readonly seed: number;
}

export type SharpnessRecord = Pick<
  StepValues,
  | 'sharpness'
  | 'sharpnessError'
  | 'preconditionedSharpness'
  | 'preconditionedSharpnessError'
  | 'gradientCurvature'
  | 'updateCurvature'
>;

export interface SharpnessOptions {
  /** The Hessian, at the point of the step. */
  readonly hessian: MeasurableCurvature;
  readonly precision: Engine['precision'];
  readonly settings: SharpnessSettings;
  /** u [n], the update that leads from the point to the next one. */
  readonly update: Float64Array;
  /** P [n] that the optimiser divides this update by; null if there is none. */
  readonly preconditioner: Float64Array | null;
  readonly signal?: AbortSignal;
}

/** Whether it is due at a step of a training that ends at `steps`. */
export function isSharpnessDue(settings: SharpnessSettings | undefined, step: number, steps: number): boolean {
  return settings !== undefined && (step % settings.every === 0 || step === steps);
}

/** A curvature is null along a direction of length 0. */
export async function measureSharpness(options: SharpnessOptions): Promise<SharpnessRecord> {
  const { hessian, preconditioner, update } = options;
  const gradient = await hessian.gradient();
  const [alongGradient = null, alongUpdate = null] = await curvatures(options, [gradient, update]);
  const plain = await largestRitzValue(options, hessian, gradient);
  const scaled = preconditioner && preconditioned(hessian, preconditioner);
  const inP = scaled && (await largestRitzValue(options, scaled, await scaled.gradient()));
  return {
    sharpness: plain.value,
    sharpnessError: plain.residual,
    preconditionedSharpness: inP?.value ?? null,
    preconditionedSharpnessError: inP?.residual ?? null,
    gradientCurvature: alongGradient,
    updateCurvature: alongUpdate,
  };
}

/** vᵀ H v / ‖v‖² of each direction v, all in one call of the operator. */
async function curvatures(
  { hessian, precision }: SharpnessOptions,
  directions: readonly Float64Array[],
): Promise<(number | null)[]> {
  const n = hessian.dimension;
  const units = directions.map(unit);
  const known = units.flatMap((direction) => direction ?? []);
  if (known.length === 0) return units.map(() => null);
  const rows = floatArray(precision, known.length * n);
  known.forEach((direction, row) => rows.set(direction, row * n));
  const products = await hessian.apply(rows, known.length);
  let row = 0;
  return units.map((direction) => {
    if (direction === null) return null;
    const image = products.subarray(row * n, ++row * n);
    return direction.reduce((sum, entry, i) => sum + entry * (image[i] ?? 0), 0);
  });
}

/**
 * θ, the largest Ritz value after m Lanczos steps, at most λ1, with its residual |β_m s_m|. The start is half gradient, which points to
 * the sharpest directions on the edge of stability, and half random, so that no direction is left out: it follows from the point
 * alone, so that a training that goes on from a checkpoint measures the same.
 */
async function largestRitzValue(
  { settings: { lanczosSteps, seed }, precision, signal }: SharpnessOptions,
  matrix: MeasurableCurvature,
  gradient: Float64Array,
): Promise<{ readonly value: number; readonly residual: number }> {
  const random = probeVector('sphere', seed, 0, matrix.dimension);
  const direction = unit(gradient);
  const start = direction ? random.map((entry, i) => entry + (direction[i] ?? 0)) : random;
  const { probes } = await lanczos(matrix, {
    ...{ steps: lanczosSteps, probes: 1, seed, start, precision },
    ...(signal && { signal }),
  });
  const [probe] = probes;
  if (!probe) throw new RangeError('Lanczos returns every probe.');
  const { values, residuals } = ritzDecomposition(probe);
  return { value: values.at(-1) ?? Number.NaN, residual: residuals?.at(-1) ?? Number.NaN };
}

/** Null for a vector of length 0. */
function unit(vector: Float64Array): Float64Array | null {
  const norm = Math.sqrt(vector.reduce((sum, entry) => sum + entry * entry, 0));
  return norm > 0 ? vector.map((entry) => entry / norm) : null;
}
