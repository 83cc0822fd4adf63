/**
 * The orthonormal basis of one probe: rows in the engine's precision, every inner product accumulated in float64.
 * Four rows are taken at a time, so that the vector is read once for four of them.
 */
import { floatArray, type FloatArray, type Precision } from '../engines/Engine.ts';

export class KrylovBasis {
  private readonly n: number;
  private readonly rows: FloatArray[] = [];
  private readonly precision: Precision;

  constructor(n: number, precision: Precision) {
    this.n = n;
    this.precision = precision;
  }

  get size(): number {
    return this.rows.length;
  }

  /** The last row. */
  get newest(): FloatArray {
    const row = this.rows.at(-1);
    if (!row) throw new RangeError('the basis is empty');
    return row;
  }

  /** Appends vector / norm. */
  push(vector: Float64Array, norm: number): void {
    const row = floatArray(this.precision, this.n);
    for (let i = 0; i < this.n; i++) row[i] = (vector[i] as number) / norm;
    this.rows.push(row);
  }

  /** Inner products with every row. */
  project(vector: Float64Array): Float64Array {
    const products = new Float64Array(this.rows.length);
    let j = 0;
    for (; j + 4 <= this.rows.length; j += 4) products.set(dotFour(this.four(j), vector), j);
    for (; j < this.rows.length; j++) products[j] = dot(this.rows[j] as FloatArray, vector);
    return products;
  }

  /** vector -= Σ coefficients[j] · row j, in place. */
  subtract(coefficients: Float64Array, vector: Float64Array): void {
    let j = 0;
    for (; j + 4 <= this.rows.length; j += 4) axpyFour(this.four(j), coefficients.subarray(j, j + 4), vector);
    for (; j < this.rows.length; j++) axpy(this.rows[j] as FloatArray, coefficients[j] as number, vector);
  }

  private four(j: number): [FloatArray, FloatArray, FloatArray, FloatArray] {
    return this.rows.slice(j, j + 4) as [FloatArray, FloatArray, FloatArray, FloatArray];
  }
}

/** Sum of products in float64, in two partial sums. */
function dot(a: FloatArray, b: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  const even = a.length & ~1;
  for (let i = 0; i < even; i += 2) {
    s0 += (a[i] as number) * (b[i] as number);
    s1 += (a[i + 1] as number) * (b[i + 1] as number);
  }
  if (even < a.length) s0 += (a[even] as number) * (b[even] as number);
  return s0 + s1;
}

function dotFour([a, b, c, d]: [FloatArray, FloatArray, FloatArray, FloatArray], v: Float64Array): number[] {
  let sa = 0;
  let sb = 0;
  let sc = 0;
  let sd = 0;
  for (let i = 0; i < v.length; i++) {
    const x = v[i] as number;
    sa += (a[i] as number) * x;
    sb += (b[i] as number) * x;
    sc += (c[i] as number) * x;
    sd += (d[i] as number) * x;
  }
  return [sa, sb, sc, sd];
}

function axpy(row: FloatArray, coefficient: number, v: Float64Array): void {
  for (let i = 0; i < v.length; i++) v[i] = (v[i] as number) - coefficient * (row[i] as number);
}

function axpyFour(
  [a, b, c, d]: [FloatArray, FloatArray, FloatArray, FloatArray],
  coefficients: Float64Array,
  v: Float64Array,
): void {
  const [ca = 0, cb = 0, cc = 0, cd = 0] = coefficients;
  for (let i = 0; i < v.length; i++) {
    const change = ca * (a[i] as number) + cb * (b[i] as number) + cc * (c[i] as number) + cd * (d[i] as number);
    v[i] = (v[i] as number) - change;
  }
}
