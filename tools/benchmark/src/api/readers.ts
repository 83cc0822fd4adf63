/** Many readers at once, each asking one thing after the other. */
import { summarise, type Latency } from './latency.ts';

export interface Load {
  readonly latency: Latency;
  readonly perSecond: number;
  /** The first few messages of what went wrong, and how often anything did. */
  readonly errors: number;
  readonly messages: readonly string[];
}

/** `readers` loops that each call `request` until `seconds` are over; the number says which call it is. */
export async function readTogether(
  readers: number,
  seconds: number,
  request: (call: number) => Promise<unknown>,
): Promise<Load> {
  const started = performance.now();
  const end = started + 1000 * seconds;
  const times: number[] = [];
  const messages = new Set<string>();
  let calls = 0;
  let errors = 0;
  const loop = async (): Promise<void> => {
    while (performance.now() < end) {
      const began = performance.now();
      try {
        await request(calls++);
        times.push(performance.now() - began);
      } catch (error) {
        errors++;
        if (messages.size < 5) messages.add(error instanceof Error ? error.message : String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: readers }, loop));
  const perSecond = (1000 * times.length) / (performance.now() - started);
  return { latency: summarise(times), perSecond, errors, messages: [...messages] };
}
