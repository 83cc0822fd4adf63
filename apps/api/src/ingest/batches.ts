/** Gathers what a source yields into batches that are worth a transaction, but lets nothing wait for long. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface BatchLimits {
  /** A batch is full with so many items … */
  readonly items: number;
  /** … or when their sizes add up to this. */
  readonly size: number;
  /** An unfinished batch waits for more at most so long, in milliseconds. */
  readonly wait: number;
}

/** Batches of at least one item, in order; a batch may exceed the limits by what `source` yields at once. */
export async function* inBatches<Item>(
  source: AsyncIterator<readonly Item[], void>,
  sizeOf: (item: Item) => number,
  limits: BatchLimits,
): AsyncGenerator<Item[], void> {
  let coming = source.next();
  // Whoever stops reading early must not leave a rejection that nobody handles.
  coming.catch(() => undefined);
  for (;;) {
    const first = await coming;
    if (first.done) return;
    const batch = [...first.value];
    let size = batch.reduce((sum, item) => sum + sizeOf(item), 0);
    const patience = new AbortController();
    const late = sleep(limits.wait, null, { signal: patience.signal, ref: false }).catch(() => null);
    for (;;) {
      coming = source.next();
      coming.catch(() => undefined);
      if (batch.length >= limits.items || size >= limits.size) break;
      const more = await Promise.race([coming, late]);
      if (more === null || more.done) break;
      batch.push(...more.value);
      size += more.value.reduce((sum, item) => sum + sizeOf(item), 0);
    }
    patience.abort();
    yield batch;
  }
}
