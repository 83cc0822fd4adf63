/** Downsamples a curve, keeping local extremes so that no narrow peak is lost. */

/**
 * Indices to keep, ascending: the ends, and the minimum and maximum in each of `buckets` equal intervals of the axis (`position`, ascending). All of them if there are at most `2 * buckets`.
 */
export function thin(position: readonly number[], value: readonly number[], buckets: number): number[] {
  const count = position.length;
  if (count <= 2 * buckets) return Array.from({ length: count }, (_unused, index) => index);
  const first = position[0] ?? 0;
  const width = ((position[count - 1] ?? 0) - first) / buckets;
  const kept = new Set<number>([0, count - 1]);
  let bucket = -1;
  let low = 0;
  let high = 0;
  for (let index = 0; index < count; index++) {
    const own = Math.min(buckets - 1, Math.floor(((position[index] ?? 0) - first) / width));
    if (own !== bucket) {
      if (bucket >= 0) kept.add(low).add(high);
      bucket = own;
      low = index;
      high = index;
    }
    if ((value[index] ?? 0) < (value[low] ?? 0)) low = index;
    if ((value[index] ?? 0) > (value[high] ?? 0)) high = index;
  }
  kept.add(low).add(high);
  return [...kept].sort((a, b) => a - b);
}
