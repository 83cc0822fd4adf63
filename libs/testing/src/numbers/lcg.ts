/** The linear congruential generator that the fixture scripts use too: x ← 1664525 x + 1013904223 mod 2³². */

export interface Lcg {
  /** Uniform on [0, 1). */
  next(): number;
  /** Uniform on [-1, 1). */
  uniform(count: number): Float64Array;
  integers(count: number, bound: number): Int32Array;
}

export function lcg(seed: number): Lcg {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    next,
    uniform: (count) => Float64Array.from({ length: count }, () => 2 * next() - 1),
    integers: (count, bound) => Int32Array.from({ length: count }, () => Math.floor(next() * bound)),
  };
}
