/** Lanczos on vectors of ResNet-50's size, each step timed against the bytes that it moves. */
import { lanczos } from '@ritz/lanczos';
import { minus, secondsNow, type Seconds } from './seconds.ts';
import { syntheticOperator } from './synthetic.ts';

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
  /** That orthogonalise. */
  readonly threads: number;
  readonly onStep: (step: StepTime) => void;
}

export interface StepTime {
  /** Rows of the basis against which a step is orthogonalised. */
  readonly rows: number;
  /** Without the operator. */
  readonly seconds: Seconds;
  readonly bytes: number;
}

class Enough extends Error {}

/**
 * Bytes of a step: the rows are read twice in float32, the two newest once more. The vectors beside them are read and written as
 * often as the passes need: product in float32 to working vector in float64 (12), project on two rows (16), two passes that subtract (16 each), new row (12),
 * copied (8).
 */
function bytesOf(rows: number, dimension: number): number {
  return (2 * 4 * rows + 80) * dimension;
}

/** Throws what lanczos throws. */
export async function timeSteps(options: LargeOptions): Promise<void> {
  const { dimension, steps, taken, memory, directory, threads, onStep } = options;
  const operator = syntheticOperator(dimension);
  const controller = new AbortController();
  let before = secondsNow();
  let inOperator = operator.seconds();
  const measured = lanczos(operator, {
    steps,
    probes: 1,
    seed: 1,
    memory,
    threads,
    scratch: { directory, bytes: 4 * dimension * (steps + 2) },
    signal: controller.signal,
    onProgress: ({ done }) => {
      const seconds = minus(minus(secondsNow(), before), minus(operator.seconds(), inOperator));
      // The first step has the start vector in it.
      if (done > 1) onStep({ rows: done, seconds, bytes: bytesOf(done, dimension) });
      if (done === taken) controller.abort(new Enough());
      before = secondsNow();
      inOperator = operator.seconds();
    },
  });
  await measured.catch((error: unknown) => {
    if (!(error instanceof Enough)) throw error;
  });
}
