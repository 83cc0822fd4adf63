/** An operator of any size that costs next to nothing: a diagonal matrix with a bulk on [0, 1] and ten outliers. */
import type { LinearOperator } from '@ritz/estimation';

/** Processor time that this process has taken so far, its system calls included. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export interface TimedOperator extends LinearOperator {
  /** Processor time spent in it so far. */
  readonly seconds: () => number;
}

export function syntheticOperator(n: number): TimedOperator {
  let seconds = 0;
  return {
    dimension: n,
    seconds: () => seconds,
    apply: (vectors, k) => {
      const started = cpuSeconds();
      for (let row = 0; row < k; row++) {
        for (let i = 0; i < n; i++) {
          const at = row * n + i;
          const eigenvalue = i < 10 ? 10 + 3 * i : (i % 1009) / 1009;
          vectors[at] = (vectors[at] as number) * eigenvalue;
        }
      }
      seconds += cpuSeconds() - started;
      return Promise.resolve(vectors);
    },
  };
}
