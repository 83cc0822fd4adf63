/** Several tests at once, with a bound on the chance that any of them errs. */

/**
 * Adjusted p, in the order given: each to be compared with the level of the whole family. Null ones were not tested and do not count.
 * Source: Holm, Scand. J. Stat. 6 (1979).
 */
export function holm(values: readonly (number | null)[]): (number | null)[] {
  const tested = values.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => a.p - b.p);
  const adjusted: (number | null)[] = values.map(() => null);
  let least = 0;
  tested.forEach(({ p, index }, rank) => {
    least = Math.max(least, Math.min(1, p * (tested.length - rank)));
    adjusted[index] = least;
  });
  return adjusted;
}
