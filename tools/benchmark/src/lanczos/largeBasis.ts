/** Lanczos on vectors of ResNet-50's size, each step timed against the bytes of the basis that it reads. */
import { lanczos } from '@ritz/estimation';
import { cpuSeconds, syntheticOperator } from './synthetic.ts';

export interface LargeOptions {
  /** n */
  readonly dimension: number;
  /** m */
  readonly steps: number;
  /** Steps to take of them. */
  readonly taken: number;
  /** Bytes that the basis may take in memory. */
  readonly memory: number;
  /** Where it goes beyond that. */
  readonly directory: string;
  readonly onStep: (time: StepTime) => void;
}

export interface StepTime {
  /** Rows of the basis that the step is orthogonalised against. */
  readonly rows: number;
  /** Of this process on its core: others' work on the machine does not count. */
  readonly seconds: number;
  /** Of the basis: three times all rows in float32. */
  readonly bytes: number;
}

class Enough extends Error {}

/** Throws what lanczos throws. */
export async function timeSteps(options: LargeOptions): Promise<void> {
  const { dimension, steps, taken, memory, directory, onStep } = options;
  const operator = syntheticOperator(dimension);
  const controller = new AbortController();
  let before = cpuSeconds();
  let inOperator = 0;
  const measured = lanczos(operator, {
    steps,
    probes: 1,
    seed: 1,
    memory,
    scratch: { directory, bytes: 4 * dimension * (steps + 2) },
    signal: controller.signal,
    onProgress: ({ done }) => {
      const now = cpuSeconds();
      const seconds = now - before - (operator.seconds() - inOperator);
      // The first step has the start vector in it.
      if (done > 1) onStep({ rows: done, seconds, bytes: 3 * done * dimension * 4 });
      before = now;
      inOperator = operator.seconds();
      if (done === taken) controller.abort(new Enough());
    },
  });
  await measured.catch((error: unknown) => {
    if (!(error instanceof Enough)) throw error;
  });
}
