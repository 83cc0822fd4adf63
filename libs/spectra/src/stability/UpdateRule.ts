/** How an optimiser makes an update out of a gradient: what decides the largest eigenvalue at which it is stable. */

/** v ← μ v + (1 − d) g, w ← w − η v; with `nesterov` w ← w − η (g + μ v). */
interface Momentum {
  /** μ, 0 for plain gradient descent. */
  readonly momentum: number;
}

interface Decayed {
  /** λ, the coefficient of ½ λ ‖w‖² in the loss, or of the shrinkage 1 − η λ where it is decoupled. */
  readonly weightDecay: number;
}

export type UpdateRule =
  | ({ readonly kind: 'sgd'; readonly nesterov: boolean; readonly dampening: number } & Momentum & Decayed)
  /** At the gradient of w + ρ g/‖g‖ (Foret et al., ICLR 2021, arXiv 2010.01412). */
  | ({ readonly kind: 'sam'; readonly rho: number } & Momentum & Decayed)
  /** m ← β1 m + (1 − β1) g, w ← w − η P⁻¹ m / (1 − β1^t) with P = √v̂ + ε. `decoupled`: AdamW. */
  | ({ readonly kind: 'adam'; readonly beta1: number; readonly decoupled: boolean } & Decayed)
  | ({ readonly kind: 'rmsprop' } & Momentum & Decayed)
  | ({ readonly kind: 'adagrad' } & Decayed);
