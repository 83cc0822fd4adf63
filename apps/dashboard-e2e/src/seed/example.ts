/** One more run, for tests that write their own. */
import { randomUUID } from 'node:crypto';
import type { SeedRun } from './training.ts';

export function exampleRun(name: string, seed: number): SeedRun {
  return { id: randomUUID(), name, initialRate: 0.1, dropAt: [], seed, sharpness: 10 + seed };
}
