/** Multilayer perceptrons, among them the paper's validation net 784-20-10 with 15,910 parameters. */
import { add, matmul, mean, oneHot, relu, softmaxCrossEntropy, tanh, type Model, type Node } from '@ritz/estimation';
import { TrainingError } from '../error/TrainingError.ts';

export interface MlpOptions {
  /** Units per layer, inputs first, classes last. */
  readonly layers: readonly number[];
  readonly activation?: 'relu' | 'tanh';
}

/** A fully connected net with softmax cross-entropy, the mean over the batch. Throws a TrainingError for bad layers. */
export function mlp({ layers, activation = 'relu' }: MlpOptions): Model {
  if (layers.length < 2 || layers.some((units) => !Number.isInteger(units) || units < 1)) {
    throw new TrainingError(
      'BAD_OPTION',
      `layers: expected at least two positive whole numbers, got [${layers.join(', ')}].`,
    );
  }
  const activate = activation === 'relu' ? relu : tanh;
  const classes = layers.at(-1) ?? 1;
  return {
    name: `mlp-${layers.join('-')}-${activation}`,
    parameters: layers.slice(1).flatMap((units, layer) => [
      { name: `dense${layer}.weight`, shape: [layers[layer] ?? 1, units] },
      { name: `dense${layer}.bias`, shape: [units] },
    ]),
    inputShape: [layers[0] ?? 1],
    classes,
    build: (graph, { inputs, labels }, parameters) => {
      let value = inputs;
      for (let layer = 0; layer < layers.length - 1; layer++) {
        const weight = parameters[2 * layer] as Node;
        const bias = parameters[2 * layer + 1] as Node;
        value = add(graph, matmul(graph, value, weight), bias);
        if (layer < layers.length - 2) value = activate(graph, value);
      }
      const losses = softmaxCrossEntropy(graph, value, oneHot(graph, labels, classes));
      return { loss: mean(graph, losses), logits: value };
    },
  };
}
