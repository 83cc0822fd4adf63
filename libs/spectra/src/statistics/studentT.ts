/** Student's t distribution: how many standard errors an interval must reach when the error itself is estimated from few values. */

/** Continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8), evaluated from its end. */
function betaFraction(a: number, b: number, x: number): number {
  let fraction = 1;
  for (let m = 200; m >= 1; m--) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m - 1) * (a + b + m - 1) * x) / ((a + 2 * m - 2) * (a + 2 * m - 1));
    fraction = 1 + odd / (1 + even / fraction);
  }
  return fraction;
}

/** log Γ(x) for x > 0 by Stirling's series, after moving up. */
function logGamma(x: number): number {
  if (x < 12) return logGamma(x + 1) - Math.log(x);
  const y = 1 / (x * x);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - y * (1 / 360 - y / 1260)) / x;
}

/** P(|T| ≤ t) for T with `freedom` degrees of freedom (Abramowitz & Stegun 26.7.1): I_x(½, ν/2), x = t² / (ν + t²). */
export function studentProbability(t: number, freedom: number): number {
  const x = (t * t) / (freedom + t * t);
  const [a, b] = [0.5, freedom / 2];
  const front = (p: number, q: number, z: number): number =>
    Math.exp(p * Math.log(z) + q * Math.log1p(-z) + logGamma(p + q) - logGamma(p) - logGamma(q)) / p;
  if (t === 0) return 0;
  // The fraction converges fast below the mean of the distribution.
  return x < (a + 1) / (a + b + 2)
    ? front(a, b, x) / betaFraction(a, b, x)
    : 1 - front(b, a, 1 - x) / betaFraction(b, a, 1 - x);
}

/** The last quantile: densities of one run ask for the same again and again. */
let known = { confidence: NaN, freedom: NaN, t: NaN };

/** Density of |T| at t ≥ 0. */
function studentDensity(t: number, freedom: number): number {
  const half = freedom / 2;
  const front = Math.exp(logGamma(half + 0.5) - logGamma(half)) / Math.sqrt(freedom * Math.PI);
  return 2 * front * Math.exp(-(half + 0.5) * Math.log1p((t * t) / freedom));
}

/**
 * The t with P(|T| ≤ t) = confidence, 0 < confidence < 1; `freedom` ≥ 1. By Newton's method from 0: the probability is concave in t, so
 * that every step stays below the root and the steps end where rounding begins.
 */
export function studentQuantile(confidence: number, freedom: number): number {
  if (known.confidence === confidence && known.freedom === freedom) return known.t;
  let t = 0;
  for (;;) {
    const next = t + (confidence - studentProbability(t, freedom)) / studentDensity(t, freedom);
    if (!(next > t * (1 + 1e-14))) break;
    t = next;
  }
  known = { confidence, freedom, t };
  return t;
}
