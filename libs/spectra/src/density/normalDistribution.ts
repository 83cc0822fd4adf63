/** The normal distribution: density, and the probability of an interval. */

/** Density of N(0, σ²) at x. */
export function normalDensity(x: number, sigma: number): number {
  const z = x / sigma;
  return Math.exp(-0.5 * z * z) / (sigma * Math.sqrt(2 * Math.PI));
}

/**
 * Complementary error function for x ≥ 0 to about 1e-16 absolute: its series for x < 2.5, else its continued fraction
 * (Abramowitz & Stegun 7.1.5 and 7.1.14, evaluated from the end).
 */
function erfc(x: number): number {
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum) + 1e-300; n++) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
      if (n > 200) break;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / ((x + fraction) * Math.sqrt(Math.PI));
}

/** Probability that N(0, σ²) falls into [from, to], without cancellation in either tail. */
export function normalProbability(from: number, to: number, sigma: number): number {
  const a = from / (sigma * Math.SQRT2);
  const b = to / (sigma * Math.SQRT2);
  if (a >= 0) return (erfc(a) - erfc(b)) / 2;
  if (b <= 0) return (erfc(-b) - erfc(-a)) / 2;
  return 1 - (erfc(-a) + erfc(b)) / 2;
}
