/**
 * Logarithm, sine and cosine from +, −, × and ÷ alone. Those are exact to the last bit in every JavaScript engine, whereas
 * Math.log, Math.sin and Math.cos may differ from one version to the next: random vectors must not.
 */

const bits = new DataView(new ArrayBuffer(8));
const exponentBias = 1023;
/** 1 / (2i + 1), the series of artanh; with |s| ≤ 0.172 twelve terms reach the last bit. */
const artanhTerms = Array.from({ length: 12 }, (_, i) => 1 / (2 * i + 1));
/** (−1)^i / (2i + 1)! and (−1)^i / (2i)!, enough of them for |x| ≤ π/4. */
const sineTerms = reciprocalFactorials(1);
const cosineTerms = reciprocalFactorials(0);

function reciprocalFactorials(first: 0 | 1): number[] {
  const terms: number[] = [];
  let factorial = 1;
  for (let i = 0; i < 10; i++) {
    terms.push((i % 2 === 0 ? 1 : -1) / factorial);
    factorial *= (2 * i + first + 1) * (2 * i + first + 2);
  }
  return terms;
}

function polynomial(terms: readonly number[], x: number): number {
  let value = 0;
  for (let i = terms.length - 1; i >= 0; i--) value = value * x + (terms[i] as number);
  return value;
}

/** Natural logarithm of a normal number x > 0: log(m · 2^e) = e log 2 + 2 artanh((m − 1) / (m + 1)), ½√2 ≤ m < √2. */
export function naturalLogarithm(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - exponentBias;
  bits.setUint32(0, (high & 0x000fffff) | (exponentBias << 20));
  let mantissa = bits.getFloat64(0);
  if (mantissa >= Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  return exponent * Math.LN2 + 2 * s * polynomial(artanhTerms, s * s);
}

/** [cos, sin] of 2π · turn / 2³², for an integer 0 ≤ turn < 2³². */
export function pointOnCircle(turn: number): readonly [number, number] {
  const quarter = 2 ** 30;
  const rest = turn % quarter;
  const mirrored = rest > quarter / 2;
  const angle = (Math.PI / 2) * ((mirrored ? quarter - rest : rest) / quarter);
  const near = polynomial(cosineTerms, angle * angle);
  const far = angle * polynomial(sineTerms, angle * angle);
  const [c, s] = mirrored ? [far, near] : [near, far];
  switch (Math.floor(turn / quarter)) {
    case 0:
      return [c, s];
    case 1:
      return [-s, c];
    case 2:
      return [-c, -s];
    default:
      return [s, -c];
  }
}
