/** Multilayer perceptrons, among them the paper's validation net 784-20-10 with 15,910 parameters. */
import { add, matmul, relu, tanh } from '@ritz/estimation';
import { TrainingError } from '../error/TrainingError.ts';
import type { Architecture, Initialisation } from './Architecture.ts';

const activations = { relu, tanh } as const;

export interface MlpOptions {
  /** Units per layer, inputs first, classes last. */
  readonly layers: readonly number[];
  readonly activation?: keyof typeof activations;
}

/** A fully connected net; its outputs are logits. Throws a TrainingError for bad layers. */
export function mlp({ layers, activation = 'relu' }: MlpOptions): Architecture {
  if (layers.length < 2 || layers.some((units) => !Number.isInteger(units) || units < 1)) {
    throw new TrainingError(
      'BAD_OPTION',
      `layers: expected at least two positive integers, got [${layers.join(', ')}].`,
    );
  }
  const activate = activations[activation];
  return {
    name: `mlp-${layers.join('-')}-${activation}`,
    parameters: layers.slice(1).flatMap((units, layer) => [
      { name: `dense${layer}.weight`, shape: [layers[layer] ?? 1, units] },
      { name: `dense${layer}.bias`, shape: [units] },
    ]),
    buffers: [],
    initialisation: Object.fromEntries(
      layers.slice(1).flatMap((_, layer): [string, Initialisation][] => [
        [`dense${layer}.weight`, { kind: 'he', fanIn: layers[layer] ?? 1 }],
        [`dense${layer}.bias`, { kind: 'constant', value: 0 }],
      ]),
    ),
    classes: layers.at(-1) ?? 1,
    batchNorm: false,
    normalisation: 'none',
    residual: false,
    inputShape: [layers[0] ?? 1],
    inputType: 'float',
    forward: (graph, inputs, state) => {
      let value = inputs;
      for (let layer = 0; layer < layers.length - 1; layer++) {
        const weight = state.parameter(`dense${layer}.weight`);
        value = add(graph, matmul(graph, value, weight), state.parameter(`dense${layer}.bias`));
        if (layer < layers.length - 2) value = activate(graph, value);
      }
      return value;
    },
  };
}
