/**
 * The parts of a `tf.LayersModel` that are read. Described by structure, so that TensorFlow.js Layers is no dependency: whoever
 * hands a model over has it already.
 */

export interface LayersTensor {
  readonly shape: readonly number[];
  data(): Promise<ArrayLike<number>>;
}

/** A value in the network: what layer makes it, from what. */
export interface LayersValue {
  readonly sourceLayer: Layer;
  /** Empty for an input. */
  readonly inputs: readonly LayersValue[];
  readonly shape: readonly (number | null)[];
}

export interface Layer {
  readonly name: string;
  readonly trainable: boolean;
  getClassName(): string;
  getConfig(): Readonly<Record<string, unknown>>;
  /** Those that can be trained first; in a fixed order for every class of layer. */
  getWeights(): readonly LayersTensor[];
}

/** A model, also as a layer of another one. */
export interface LayersModel extends Layer {
  readonly inputs: readonly LayersValue[];
  readonly outputs: readonly LayersValue[];
}

export function isModel(layer: Layer): layer is LayersModel {
  return 'inputs' in layer && 'outputs' in layer && 'layers' in layer;
}
