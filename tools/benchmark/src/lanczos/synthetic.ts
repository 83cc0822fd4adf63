/** An operator of any size that costs next to nothing: a diagonal matrix with a bulk on [0, 1] and ten outliers. */
import type { LinearOperator } from '@ritz/lanczos';
import { plus, timed, type Seconds } from './seconds.ts';

export interface TimedOperator extends LinearOperator {
  /** Spent in it so far. */
  readonly seconds: () => Seconds;
}

/** It writes the products over the vectors, which Lanczos does not need any more. */
export function syntheticOperator(n: number): TimedOperator {
  let seconds: Seconds = { clock: 0, cpu: 0 };
  return {
    dimension: n,
    seconds: () => seconds,
    apply: (vectors, k) => {
      const spent = timed(() => {
        for (let row = 0; row < k; row++) {
          for (let i = 0; i < n; i++) {
            const at = row * n + i;
            const eigenvalue = i < 10 ? 10 + 3 * i : (i % 1009) / 1009;
            vectors[at] = (vectors[at] as number) * eigenvalue;
          }
        }
      });
      seconds = plus(seconds, spent);
      return Promise.resolve(vectors);
    },
  };
}
