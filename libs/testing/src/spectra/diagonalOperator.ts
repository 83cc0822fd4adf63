/** An operator with a spectrum of one's choice at the cost of n products per vector. */

type FloatArray = Float32Array | Float64Array;

/** diag(values). Random probes cannot tell it from a rotated matrix with the same spectrum. */
export function diagonalOperator(values: ArrayLike<number>): {
  readonly dimension: number;
  apply(vectors: FloatArray): Promise<FloatArray>;
} {
  const n = values.length;
  return {
    dimension: n,
    apply: (vectors) => Promise.resolve(vectors.map((x, i) => x * (values[i % n] as number))),
  };
}
