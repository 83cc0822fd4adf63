/** Vectors that threads share, and what is added up of their products. */
import type { FloatArray } from '@ritz/lanczos';
import type { Shape } from '../graph/Node.ts';

/** One set of vectors, [k, n] row-major, and the runs whose outputs are added up. All arrays are shared memory. */
export interface FlatPass {
  /** No other pass of this process has it. */
  readonly id: number;
  readonly k: number;
  /** Of the tensors that a vector is cut into: inputs `direction0`, … and outputs `product0`, …, each [k, ...shape]. */
  readonly shapes: readonly Shape[];
  readonly vectors: FloatArray;
  /** Σ weight · output + decay ⊙ vector, summed in float64 in the order of the runs and rounded once. [k, n] */
  readonly result: FloatArray;
  /** [n], or null for none. */
  readonly decay: Float64Array | null;
  readonly runs: number;
  /** [k, n]; null for a single run without decay, which needs none. */
  readonly sums: Float64Array | null;
  /** One number: the position of the run whose outputs are added next. */
  readonly turn: Int32Array;
}

/** One of the runs of a pass. */
export interface FlatRun {
  readonly pass: FlatPass;
  readonly position: number;
  readonly weight: number;
}
