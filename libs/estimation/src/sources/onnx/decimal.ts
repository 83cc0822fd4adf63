/** Numbers of a file that were meant as decimals. */

/**
 * Files store numbers as float32, but an ε of 1e-5 was meant as 1e-5 and not as 9.99999974e-6: in float64 the shortest decimal that is
 * stored as this float32 is taken.
 */
export function shortestDecimal(x: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const decimal = Number(x.toPrecision(digits));
    if (Math.fround(decimal) === x) return decimal;
  }
  return x;
}
