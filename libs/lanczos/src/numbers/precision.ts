/** The precision of vectors, and arrays of numbers in it. */

export type Precision = 'float32' | 'float64';
export const bytesPerNumber: Readonly<Record<Precision, number>> = { float32: 4, float64: 8 };
export type FloatArray = Float32Array | Float64Array;

const arrayTypes = { float32: Float32Array, float64: Float64Array } as const;

/** A new array of that precision: zeros of a length, or a copy of values. */
export function floatArray(precision: Precision, content: number | ArrayLike<number>): FloatArray {
  const make = arrayTypes[precision];
  return typeof content === 'number' ? new make(content) : make.from(content);
}

/** Zeros in memory that threads share. */
export function sharedFloatArray(precision: Precision, length: number): FloatArray {
  const memory = new SharedArrayBuffer(length * bytesPerNumber[precision]);
  return precision === 'float64' ? new Float64Array(memory) : new Float32Array(memory);
}

/** Whether threads can share these numbers as they are, in that precision. */
export function isShared(numbers: FloatArray, precision: Precision): boolean {
  return numbers.buffer instanceof SharedArrayBuffer && numbers instanceof arrayTypes[precision];
}
