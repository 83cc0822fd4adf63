/**
 * Which steps of a long history to draw: the ends, and in each bucket of consecutive steps the smallest and the largest
 * value of every series. A spike of one step stays visible, unlike with averaging or with every n-th step.
 */

/**
 * Positions to keep, ascending, at most `maxPoints` (≥ 2) of `length`; all of them where they fit, evenly spaced ones where
 * nothing was measured.
 * `series`: arrays of `length` values that share one axis; null = not measured there.
 */
export function extremePositions(
  length: number,
  series: readonly (readonly (number | null)[])[],
  maxPoints: number,
): number[] {
  if (length <= maxPoints) return Array.from({ length }, (_, position) => position);
  const measured = series.filter((values) => values.some((value) => value !== null));
  if (measured.length === 0) return evenPositions(length, maxPoints);
  // As many buckets as the budget allows: fewer until the distinct positions fit. One bucket always fits 2 + 2·series,
  // and below that budget only the ends and evenly spaced positions are kept.
  for (let buckets = Math.floor(maxPoints / 2); buckets >= 1; buckets = Math.floor(buckets * 0.85)) {
    const kept = positionsOf(length, measured, buckets);
    if (kept.length <= maxPoints) return kept;
  }
  return evenPositions(length, maxPoints);
}

function positionsOf(length: number, series: readonly (readonly (number | null)[])[], buckets: number): number[] {
  const kept = new Set([0, length - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * length) / buckets);
    const to = Math.floor(((bucket + 1) * length) / buckets);
    for (const values of series) {
      let smallest = -1;
      let largest = -1;
      let low = Infinity;
      let high = -Infinity;
      for (let position = from; position < to; position++) {
        const value = values[position] ?? null;
        if (value === null) continue;
        if (value < low) [low, smallest] = [value, position];
        if (value > high) [high, largest] = [value, position];
      }
      if (smallest >= 0) kept.add(smallest);
      if (largest >= 0) kept.add(largest);
    }
  }
  return [...kept].sort((a, b) => a - b);
}

function evenPositions(length: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / Math.max(1, count - 1)));
}
