/** Times of requests, and what of them is reported. */

export interface Latency {
  readonly count: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p95: number;
  readonly slowest: number;
}

/** Nearest-rank percentile of unsorted values, `share` from 0 to 1; NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function summarise(milliseconds: readonly number[]): Latency {
  return {
    count: milliseconds.length,
    median: percentile(milliseconds, 0.5),
    p95: percentile(milliseconds, 0.95),
    slowest: percentile(milliseconds, 1),
  };
}

/** Calls `request` once for each item, one after the other, and says how long each call took. */
export async function timeEach<Item>(
  items: readonly Item[],
  request: (item: Item) => Promise<unknown>,
): Promise<Latency> {
  const times: number[] = [];
  for (const item of items) {
    const started = performance.now();
    await request(item);
    times.push(performance.now() - started);
  }
  return summarise(times);
}
