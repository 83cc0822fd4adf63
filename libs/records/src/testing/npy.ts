/** Reads the .npy fixtures, which are little-endian float32 or float64. */
import type { NumericArray } from '../import/tridiagonals.ts';

export function parseArray(_name: string, bytes: Buffer): NumericArray {
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, start);
  const shape = [...(/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '').matchAll(/\d+/g)].map(Number);
  const size = shape.reduce((product, length) => product * length, 1);
  const data = header.includes("'<f4'")
    ? Float32Array.from({ length: size }, (_, at) => bytes.readFloatLE(start + 4 * at))
    : Float64Array.from({ length: size }, (_, at) => bytes.readDoubleLE(start + 8 * at));
  return { shape, data };
}
