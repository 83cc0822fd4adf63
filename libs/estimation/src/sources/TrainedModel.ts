/** A network that was trained elsewhere: its description, and the point at which it stands. */
import type { Model, NamedShape } from '../model/Model.ts';
import type { BatchNormMode } from '../model/ModelState.ts';

export interface TrainedModel {
  readonly model: Model;
  /** [n], in the order of `model.parameters`. */
  readonly parameters: Float64Array;
  /** In the order of `model.buffers`. */
  readonly buffers: Float64Array;
  /** How its batch norm was saved; null when it has none. */
  readonly batchNorm: Exclude<BatchNormMode, 'population'> | null;
  /** Length of the shortest embedding that the inputs are indices into; null for inputs that are no indices. */
  readonly inputBound: number | null;
  /** What was taken for constant, and what may be wrong with what was taken for parameters. */
  readonly provenance: Provenance;
  /** Of the model's other inputs that are indices, by name. */
  readonly otherBounds?: Readonly<Record<string, IndexBound>>;
  /** Name of the output that is read, where the source names its outputs. */
  readonly output?: string;
  /** The activation that the outputs come from; null: none that is known. */
  readonly ending: Ending | null;
  /** Whether the activation named by `withoutFinal` was there and is left off. */
  readonly finalActivationRemoved: boolean;
}

export interface IndexBound {
  /** Indices are from 0 to below this. */
  readonly below: number;
  /** A value that stands for no class, beside these; null: none. */
  readonly ignored: number | null;
}

export interface TakenConstant extends NamedShape {
  /** Why it is not differentiated, as part of a sentence: `running statistics`. */
  readonly reason: string;
}

export interface Provenance {
  /** Tensors of real numbers that are not differentiated, in the order of the file; the numbers of formulas are left out. */
  readonly constants: readonly TakenConstant[];
  /** Layers that an exporter folded a batch norm into. */
  readonly foldedNorms: readonly string[];
  /** One sentence or two each, for people. */
  readonly warnings: readonly string[];
}

/** An activation that a cross-entropy takes upon itself, or that a likelihood expects. */
export type FinalActivation = 'softmax' | 'logSoftmax' | 'sigmoid';

export interface Ending {
  readonly activation: FinalActivation;
  /** Axis of the outputs [N, ...] that a softmax adds up over, counted from the start; null where it is not known or there is none. */
  readonly axis: number | null;
}

/**
 * What can be left off where a model ends in it, so that the outputs are logits. Losses of outputs as they are (squared error) want
 * none removed.
 */
export type RemovableActivation = Exclude<FinalActivation, 'logSoftmax'>;

/** One vector after the other: networks may have hundreds of millions of parameters, too many for an array of numbers. */
export function concatenated(parts: readonly ArrayLike<number>[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
