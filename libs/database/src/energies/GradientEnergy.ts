/** How a gradient's energy is spread over the eigenvalues: the Lanczos tridiagonal started at g / ‖g‖. */
import type { GradientKind } from '../schema/overlap.ts';

export interface GradientEnergy {
  readonly spectrumId: string;
  readonly gradient: GradientKind;
  /** ‖g‖, or `null` when it was not kept. */
  readonly gradientNorm: number | null;
  /** m diagonals. */
  readonly alpha: readonly number[];
  /** m or m − 1 entries, as of a probe. */
  readonly beta: readonly number[];
}

export interface NewGradientEnergy {
  /** Default FULL_BATCH. */
  readonly gradient?: GradientKind | null | undefined;
  readonly gradientNorm?: number | null | undefined;
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
}
