/** What the training loop asks of an optimiser. */

export interface Optimiser {
  /** One update of the parameters [n] in place, along the gradient [n] at a learning rate. */
  update(parameters: Float64Array, gradient: Float64Array, rate: number): void;
  /** P [n], the diagonal that it divides its steps by, positive; null where it has none, or none yet. */
  preconditioner(): Float64Array | null;
  /** What it remembers, by name: copies that `restore` takes back, so that a resumed run goes on exactly. */
  state(): Readonly<Record<string, Float64Array>>;
  /** Throws a TrainingError (CHECKPOINT_MISMATCH) for a state that another kind of optimiser, or another model, wrote. */
  restore(state: Readonly<Record<string, Float64Array>>): void;
}
