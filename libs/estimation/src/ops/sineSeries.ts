/**
 * Sine from sums and products. WGSL lets its own sine and cosine be wrong by 2⁻¹¹ (W3C, WebGPU Shading Language, §15.7.4), and drivers
 * make use of it; this one is exact to float32.
 */
import type * as tfjs from '@tensorflow/tfjs-core';
import type { Emitter } from './Emitter.ts';
import type { Tfjs } from './Op.ts';

/** The operations that the series needs on values of type T. */
interface Arithmetic<T> {
  add(a: T, b: T | number): T;
  multiply(a: T, b: T | number): T;
  floor(a: T): T;
}

/** π as the sum of two float32 numbers, the first with zeros at the end: n · 3.140625 is exact for |n| < 2¹⁴. */
const pi = [3.140625, Math.PI - 3.140625] as const;

/** Taylor coefficients of (sin r)/r in r², beginning with the highest; the first left out is below 1e-9 for |r| ≤ π/2. */
const coefficients = [1 / 6227020800, -1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6];

/** sin(x + π/2 · quarters) = (−1)ⁿ sin r with x + π/2 · quarters = nπ + r and |r| ≤ π/2. */
function series<T>(x: T, quarters: 0 | 1, on: Arithmetic<T>): T {
  // n − quarters / 2, so that π/2 is taken away together with nπ.
  const n = on.floor(on.add(on.multiply(x, 1 / Math.PI), quarters / 2 + 0.5));
  const turns = on.add(n, -quarters / 2);
  const r = on.add(on.add(x, on.multiply(turns, -pi[0])), on.multiply(turns, -pi[1]));
  const squared = on.multiply(r, r);
  const sum = coefficients.reduce<T>(
    (sofar, coefficient) => on.add(on.multiply(sofar, squared), coefficient),
    on.multiply(squared, 0),
  );
  const sine = on.add(r, on.multiply(on.multiply(r, squared), sum));
  // (−1)ⁿ = 1 − 2 (n mod 2)
  const odd = on.add(n, on.multiply(on.floor(on.multiply(n, 0.5)), -2));
  return on.multiply(sine, on.add(on.multiply(odd, -2), 1));
}

/** sin x, or cos x where `quarters` is 1. */
export function sineOnnx(emit: Emitter, x: string, quarters: 0 | 1): string {
  if (!emit.isWebGpu) return emit.node(quarters === 0 ? 'Sin' : 'Cos', [x]);
  const value = (b: string | number): string => (typeof b === 'number' ? emit.scalar(b) : b);
  return series(x, quarters, {
    add: (a, b) => emit.node('Add', [a, value(b)]),
    multiply: (a, b) => emit.node('Mul', [a, value(b)]),
    floor: (a) => emit.node('Floor', [a]),
  });
}

/** sin x, or cos x where `quarters` is 1. */
export function sineTfjs(tf: Tfjs, x: tfjs.Tensor, quarters: 0 | 1): tfjs.Tensor {
  if (tf.getBackend() !== 'webgpu') return quarters === 0 ? tf.sin(x) : tf.cos(x);
  return series(x, quarters, {
    add: (a, b) => tf.add(a, b),
    multiply: (a, b) => tf.mul(a, b),
    floor: (a) => tf.floor(a),
  });
}
