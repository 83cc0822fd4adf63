/** The interface of optimisers. */

export interface Optimiser {
  /** One update of the parameters [n] in place, along the gradient [n] at a learning rate. */
  update(parameters: Float64Array, gradient: Float64Array, rate: number): void;
  /**
   * Where the gradient of an update is taken, [n], given the parameters and the gradient there, both [n]; the mini-batch is the same.
   * Without it, gradients are taken at the parameters.
   */
  gradientPoint?(parameters: Float64Array, gradient: Float64Array): Float64Array;
  /** P [n], positive: the diagonal that steps are divided by; null if there is none, or none yet. */
  preconditioner(): Float64Array | null;
  /** Its state by name: copies that `restore` accepts, so that a resumed run continues exactly. */
  state(): Readonly<Record<string, Float64Array>>;
  /** Throws a TrainingError (CHECKPOINT_MISMATCH) for a state that another kind of optimiser, or another model, wrote. */
  restore(state: Readonly<Record<string, Float64Array>>): void;
}
