/** Watches the memory of a process while something goes on. */
import { setInterval as every } from 'node:timers/promises';
import { percentile } from './latency.ts';

export interface MemoryUse {
  /** Medians over the first and the last fifth of the time, and the highest, in MB. */
  readonly first: number;
  readonly last: number;
  readonly highest: number;
}

const EVERY = 500;

/** Samples `memory` until `work` is done. */
export async function watchMemory<Result>(
  memory: () => Promise<number | null>,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly use: MemoryUse }> {
  const samples: number[] = [];
  const done = new AbortController();
  const watching = (async () => {
    for await (const _tick of every(EVERY, null, { signal: done.signal })) {
      const now = await memory();
      if (now !== null) samples.push(now);
    }
  })().catch((error: unknown) => {
    if (!done.signal.aborted) throw error;
  });
  const result = await work().finally(() => done.abort());
  await watching;
  const part = Math.max(1, Math.floor(samples.length / 5));
  return {
    result,
    use: {
      first: percentile(samples.slice(0, part), 0.5),
      last: percentile(samples.slice(-part), 0.5),
      highest: percentile(samples, 1),
    },
  };
}
