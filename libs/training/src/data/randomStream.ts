/** Seeded random numbers of the training side: reproducible on every machine. */
export interface RandomStream {
  /** Uniform on [0, 1). */
  next(): number;
}

/** xorshift128 (Marsaglia 2003), seeded through SplitMix32 so that neighbouring seeds give unrelated streams. */
export function randomStream(seed: number): RandomStream {
  let state = seed >>> 0;
  const splitMix = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let x = splitMix();
  let y = splitMix();
  let z = splitMix();
  let w = splitMix() | 1;
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
