/** What the measurement of one part of a spectrum returns. */

/** What a group of probes measured. */
export interface PartResult {
  readonly probes: readonly MeasuredProbe[];
  /** Compute time, wall clock of the worker. */
  readonly seconds: number;
}

interface MeasuredProbe {
  readonly index: number;
  readonly seed: number;
  /** Diagonal and off-diagonal of the tridiagonal, as many entries each. */
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
}
