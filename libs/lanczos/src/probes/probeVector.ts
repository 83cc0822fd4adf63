/** Random start vectors: (seed, probe index) gives the same unit vector on every machine and engine. */
import { LanczosError } from '../error/LanczosError.ts';
import { philox } from './philox.ts';
import { naturalLogarithm, pointOnCircle } from './portableMath.ts';

/** `sphere`: uniform on the unit sphere (a normalised Gaussian). `rademacher`: entries ±1/√n. */
export type ProbeLaw = 'sphere' | 'rademacher';

const twoToMinus32 = 2 ** -32;

/** A unit vector of n entries. Throws a LanczosError (BAD_OPTION) for a seed that is not a whole number ≥ 0. */
export function probeVector(law: ProbeLaw, seed: number, probe: number, n: number): Float64Array {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new LanczosError('BAD_OPTION', `seed: expected a whole number from 0 to 2^53 - 1, got ${seed}.`);
  }
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)] as const;
  const vector = new Float64Array(n);
  const words = new Uint32Array(4);
  for (let i = 0; i < n; i += 4) {
    philox([i / 4, probe, 0, 0], key, words);
    fillFour(law, words, vector, i);
  }
  let squares = 0;
  for (const value of vector) squares += value * value;
  const norm = Math.sqrt(squares);
  return vector.map((value) => value / norm);
}

/** Four entries from four random words; entries beyond the end are dropped by the typed array. */
function fillFour(law: ProbeLaw, words: Uint32Array, vector: Float64Array, start: number): void {
  for (let pair = 0; pair < 4; pair += 2) {
    const a = words[pair] ?? 0;
    const b = words[pair + 1] ?? 0;
    if (law === 'rademacher') {
      vector[start + pair] = a & 1 ? 1 : -1;
      vector[start + pair + 1] = b & 1 ? 1 : -1;
    } else {
      // Box–Muller; the half keeps the logarithm away from 0.
      const radius = Math.sqrt(-2 * naturalLogarithm((a + 0.5) * twoToMinus32));
      const [cosine, sine] = pointOnCircle(b);
      vector[start + pair] = radius * cosine;
      vector[start + pair + 1] = radius * sine;
    }
  }
}
