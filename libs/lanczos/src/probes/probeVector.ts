/** Random start vectors: (seed, probe index) gives the same unit vector on every machine and engine. */
import { unknownChoice } from '@ritz/spectra';
import { LanczosError } from '../error/LanczosError.ts';
import { philox } from './philox.ts';
import { naturalLogarithm, pointOnCircle } from './portableMath.ts';

/** `sphere`: uniform on the unit sphere (a normalised Gaussian). `rademacher`: entries ±1/√n. */
export type ProbeLaw = 'sphere' | 'rademacher';

const twoToMinus32 = 2 ** -32;

/** A unit vector of n entries. Throws a LanczosError (BAD_OPTION) for an unknown law or a seed that is not an integer ≥ 0. */
export function probeVector(law: ProbeLaw, seed: number, probe: number, n: number): Float64Array {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new LanczosError('BAD_OPTION', `seed: expected an integer from 0 to 2^53 - 1, got ${seed}.`);
  }
  const fill = fillers[checkedLaw(law)];
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)] as const;
  const vector = new Float64Array(n);
  const words = new Uint32Array(4);
  for (let i = 0; i < n; i += 4) {
    philox([i / 4, probe, 0, 0], key, words);
    for (let pair = 0; pair < 4; pair += 2) fill(words[pair] ?? 0, words[pair + 1] ?? 0, vector, i + pair);
  }
  let squares = 0;
  for (const value of vector) squares += value * value;
  const norm = Math.sqrt(squares);
  return vector.map((value) => value / norm);
}

/** Two entries from two random words; entries beyond the end are dropped by the typed array. */
type Filler = (a: number, b: number, vector: Float64Array, start: number) => void;

const fillers: Readonly<Record<ProbeLaw, Filler>> = {
  // Box–Muller; the half keeps the logarithm away from 0.
  sphere: (a, b, vector, start) => {
    const radius = Math.sqrt(-2 * naturalLogarithm((a + 0.5) * twoToMinus32));
    const [cosine, sine] = pointOnCircle(b);
    vector[start] = radius * cosine;
    vector[start + 1] = radius * sine;
  },
  rademacher: (a, b, vector, start) => {
    vector[start] = a & 1 ? 1 : -1;
    vector[start + 1] = b & 1 ? 1 : -1;
  },
};

function checkedLaw(law: ProbeLaw): ProbeLaw {
  if (Object.hasOwn(fillers, law)) return law;
  throw new LanczosError('BAD_OPTION', unknownChoice('law', Object.keys(fillers), law));
}
