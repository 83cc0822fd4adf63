/** One probe's measurement: a Lanczos tridiagonal, or the nodes and weights of a peer that kept no more. */

interface ProbeIdentity {
  readonly spectrumId: string;
  readonly index: number;
  readonly seed: number;
}

/** `alpha`: m diagonals. `beta`: m or m − 1 entries; `beta[j]` couples j and j + 1, the m-th is the last residual's norm. */
export interface TridiagonalProbe extends ProbeIdentity {
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
  readonly nodes: null;
  readonly weights: null;
}

/** `weights` are not negative and sum to 1. */
export interface QuadratureProbe extends ProbeIdentity {
  readonly alpha: null;
  readonly beta: null;
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

export type Probe = TridiagonalProbe | QuadratureProbe;

/** Exactly one of the two pairs must be given. */
export interface NewProbe {
  readonly index: number;
  readonly seed: number;
  readonly alpha?: readonly number[] | null | undefined;
  readonly beta?: readonly number[] | null | undefined;
  readonly nodes?: readonly number[] | null | undefined;
  readonly weights?: readonly number[] | null | undefined;
}
