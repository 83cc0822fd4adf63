/** Samples the memory of a process during a task. */
import { setInterval as every } from 'node:timers/promises';
import { percentile } from './latency.ts';

export interface MemoryUse {
  /** The curve: medians (MB) over PARTS equal parts of the time. */
  readonly curve: readonly number[];
  readonly highest: number;
}

const parts = 10;

/**
 * Megabytes by which the last part may lie above the third, when caches are warm: the 64 MB of derived results that may still
 * fill, and as much again for garbage that is not collected yet.
 */
export const flatWithin = 128;

export function isFlat({ curve }: MemoryUse): boolean {
  return (curve.at(-1) ?? Infinity) <= (curve[2] ?? 0) + flatWithin;
}

export function describeMemory({ curve, highest }: MemoryUse): string {
  return `${curve.map((megabytes) => megabytes.toFixed(0)).join(' ')} MB, highest ${highest.toFixed(0)} MB`;
}

const sampleMilliseconds = 500;

/** Samples `memory` until `work` is done. */
export async function watchMemory<Result>(
  memory: () => Promise<number | null>,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly use: MemoryUse }> {
  const samples: number[] = [];
  const done = new AbortController();
  const watching = (async () => {
    for await (const _tick of every(sampleMilliseconds, null, { signal: done.signal })) {
      const now = await memory();
      if (now !== null) samples.push(now);
    }
  })().catch((error: unknown) => {
    if (!done.signal.aborted) throw error;
  });
  const result = await work().finally(() => done.abort());
  await watching;
  const end = (part: number): number => Math.round((part * samples.length) / parts);
  const curve = Array.from({ length: parts }, (_, part) => percentile(samples.slice(end(part), end(part + 1)), 0.5));
  return { result, use: { curve, highest: percentile(samples, 1) } };
}
