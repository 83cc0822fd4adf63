/** A model with its initialisation. */
import type { Model } from '@ritz/estimation';
import type { Normalisation } from '@ritz/records';

/** How a parameter or buffer is initialised. */
export type Initialisation =
  /**
   * Uniform on ±gain · √(6 / fanIn): variance 2 / fanIn at gain 1, which keeps the scale of activations through relu layers
   * (He, Zhang, Ren and Sun, ICCV 2015).
   */
  | { readonly kind: 'he'; readonly fanIn: number; readonly gain?: number }
  | { readonly kind: 'constant'; readonly value: number };

export interface Architecture extends Model {
  readonly classes: number;
  /** Whether it has batch norm (whose mode is chosen when it is trained or measured). */
  readonly batchNorm: boolean;
  /** What its layers normalise by: `batch` where it has batch norm. */
  readonly normalisation: Normalisation;
  readonly residual: boolean;
  /** By the name of every parameter and buffer. */
  readonly initialisation: Readonly<Record<string, Initialisation>>;
}
