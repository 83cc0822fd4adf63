/** The share of a gradient inside the span of the top K Ritz vectors: ‖P_K g‖² / ‖g‖², 0 to 1. */
import type { GradientKind } from '../schema/overlap.ts';

export interface Overlap {
  readonly spectrumId: string;
  readonly k: number;
  readonly gradient: GradientKind;
  readonly fraction: number;
}

export interface NewOverlap {
  readonly k: number;
  /** Default FULL_BATCH. */
  readonly gradient?: GradientKind | null | undefined;
  readonly fraction: number;
}
