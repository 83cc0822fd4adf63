/** Ritz vectors in numbers: how spread they are, where they lie, and how much of them is in another space. */
import { LanczosError } from '../error/LanczosError.ts';
import type { FloatArray, Precision } from '../numbers/precision.ts';
import { addDirection } from './rayleighRitz.ts';

/** Σ v_i⁴ / (Σ v_i²)²: 1 / n for a vector that is spread evenly over n entries, 1 for a single entry. 0 for the zero vector. */
export function inverseParticipation(vector: Iterable<number>): number {
  let squares = 0;
  let fourths = 0;
  for (const entry of vector) {
    const square = entry ** 2;
    squares += square;
    fourths += square * square;
  }
  return squares > 0 ? fourths / squares ** 2 : 0;
}

/** Share of ‖v‖² in some entries: pairs of a start and a length. */
export function massIn(
  vector: ArrayLike<number>,
  spans: readonly (readonly [start: number, length: number])[],
): number {
  const total = product(vector, vector);
  let inside = 0;
  for (const [start, length] of spans)
    for (let i = start; i < start + length; i++) inside += (vector[i] as number) ** 2;
  return total > 0 ? Math.min(1, inside / total) : 0;
}

/** ⟨v, d⟩² / (‖v‖² ‖d‖²), 0 to 1; null where either is zero. Throws a LanczosError (SHAPE) for vectors of two lengths. */
export function directionOverlap(vector: ArrayLike<number>, direction: ArrayLike<number>): number | null {
  requireLength('direction', direction, vector.length);
  const norms = product(vector, vector) * product(direction, direction);
  return norms > 0 && Number.isFinite(norms) ? Math.min(1, product(vector, direction) ** 2 / norms) : null;
}

/** A vector adds a direction to a span where at least this share of its length is outside: less is rounding of float32. */
const newDirection = 1e-4;

/** An orthonormal basis of the span of these vectors, in float64. */
export function orthonormalBasis(vectors: readonly ArrayLike<number>[]): FloatArray[] {
  const span: FloatArray[] = [];
  const precision: Precision = 'float64';
  for (const vector of vectors) addDirection(span, Float64Array.from(vector), { precision, share: newDirection });
  return span;
}

/** ‖P v‖² / ‖v‖² of the projection P on the span of orthonormal vectors, 0 to 1. Throws a LanczosError (SHAPE). */
export function shareInSpan(vector: ArrayLike<number>, basis: readonly ArrayLike<number>[]): number {
  return Math.min(
    1,
    basis.reduce((sum, direction) => sum + (directionOverlap(vector, direction) ?? 0), 0),
  );
}

/**
 * ‖V_Kᵀ W_K‖²_F / K of the first K of two sets of orthonormal vectors, 0 to 1: the overlap of their spans (Gur-Ari, Roberts & Dyer 2018,
 * arXiv:1812.04754, §3). Throws a LanczosError: BAD_OPTION where either has fewer than K, SHAPE.
 */
export function spaceOverlap(
  first: readonly ArrayLike<number>[],
  second: readonly ArrayLike<number>[],
  k: number,
): number {
  const fewest = Math.min(first.length, second.length);
  if (!Number.isInteger(k) || k < 1 || k > fewest) {
    throw new LanczosError(
      'BAD_OPTION',
      `k: expected an integer from 1 to ${fewest}, the number of vectors, got ${k}.`,
    );
  }
  let sum = 0;
  for (const one of first.slice(0, k)) for (const two of second.slice(0, k)) sum += directionOverlap(one, two) ?? 0;
  return Math.min(1, sum / k);
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function requireLength(name: string, { length }: ArrayLike<number>, expected: number): void {
  if (length !== expected) throw new LanczosError('SHAPE', `${name}: expected ${expected} numbers, got ${length}.`);
}
