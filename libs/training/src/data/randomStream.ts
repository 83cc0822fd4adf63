/** Seeded random numbers of the training side: the same on every machine. */
import { TrainingError } from '../error/TrainingError.ts';

export interface RandomStream {
  /** Uniform on [0, 1). */
  next(): number;
}

/** What a stream is for; different purposes get unrelated streams from the same seed. */
export type StreamPurpose = 'parameters' | 'order' | 'subset' | 'augmentation';

const purposes: readonly StreamPurpose[] = ['parameters', 'order', 'subset', 'augmentation'];

/**
 * xorshift128 (Marsaglia, Journal of Statistical Software 8, 2003), its state filled by a mixing function so that neighbouring
 * seeds give unrelated streams, and so do the indices (steps, say) of one purpose. Throws a TrainingError (BAD_OPTION) for a seed that is not an integer ≥ 0.
 */
export function randomStream(seed: number, purpose: StreamPurpose, index = 0): RandomStream {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new TrainingError('BAD_OPTION', `seed: expected an integer from 0 to 2^53 - 1, got ${seed}.`);
  }
  let state = 0;
  const mixed = (input: number): number => {
    state = (state + input + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    state = (z ^ (z >>> 16)) >>> 0;
    return state;
  };
  mixed(seed >>> 0);
  mixed(Math.floor(seed / 2 ** 32));
  if (index > 0) mixed(index);
  let x = mixed(purposes.indexOf(purpose));
  let y = mixed(0);
  let z = mixed(0);
  let w = mixed(0) | 1;
  return {
    next: () => {
      const t = x ^ (x << 11);
      x = y;
      y = z;
      z = w;
      w = (w ^ (w >>> 19) ^ t ^ (t >>> 8)) >>> 0;
      return w / 2 ** 32;
    },
  };
}

/** A random permutation of 0…count-1 (Fisher–Yates). */
export function randomOrder(count: number, stream: RandomStream): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(stream.next() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
