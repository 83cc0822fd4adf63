/** The PyTorch float64 fixture of the 784-20-10 net, with its inputs generated again. */
import fs from 'node:fs';
import { lcg } from '@ritz/testing';
import type { Node } from '../graph/Node.ts';
import type { Loss } from '../model/Loss.ts';
import type { Model } from '../model/Model.ts';
import { add } from '../ops/add.ts';
import { matmul } from '../ops/matmul.ts';
import { relu } from '../ops/relu.ts';
import { tanh } from '../ops/tanh.ts';

interface StoredCase {
  readonly activation: 'relu' | 'tanh';
  readonly loss: 'crossEntropy' | 'meanSquaredError';
  readonly value: number;
  readonly gradient: string;
  readonly products: readonly string[];
}

interface Stored {
  readonly examples: number;
  readonly vectors: number;
  readonly layers: readonly [number, number, number];
  readonly seed: number;
  readonly cases: readonly StoredCase[];
}

export interface MlpCase {
  readonly name: string;
  readonly model: Model;
  readonly inputs: Float64Array;
  readonly loss: Loss;
  /** Class indices, or one-hot rows where the loss is the squared error. */
  readonly targets: ArrayLike<number>;
  readonly parameters: Float64Array;
  /** [k, n] */
  readonly vectors: Float64Array;
  readonly k: number;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly products: Float64Array;
}

/** Float64 numbers from base64 of little-endian bytes. */
export function decode(text: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float64Array(bytes.buffer);
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

/** A fully connected net with one hidden layer. */
export function mlpModel(
  [inputs, hidden, outputs]: readonly [number, number, number],
  { activation, loss }: Pick<StoredCase, 'activation' | 'loss'>,
): Model {
  const activate = activation === 'relu' ? relu : tanh;
  return {
    name: `${inputs}-${hidden}-${outputs} ${activation} ${loss}`,
    parameters: [
      { name: 'dense0.weight', shape: [inputs, hidden] },
      { name: 'dense0.bias', shape: [hidden] },
      { name: 'dense1.weight', shape: [hidden, outputs] },
      { name: 'dense1.bias', shape: [outputs] },
    ],
    buffers: [],
    inputShape: [inputs],
    inputType: 'float',
    forward: (graph, x, state) => {
      const dense = (layer: number, input: Node): Node =>
        add(
          graph,
          matmul(graph, input, state.parameter(`dense${layer}.weight`)),
          state.parameter(`dense${layer}.bias`),
        );
      return dense(1, activate(graph, dense(0, x)));
    },
  };
}

function oneHotRows(labels: Int32Array, classes: number): Float64Array {
  const rows = new Float64Array(labels.length * classes);
  labels.forEach((label, row) => (rows[row * classes + label] = 1));
  return rows;
}

export function mlpCases(): MlpCase[] {
  const file = new URL('../../../../tools/fixtures/hvp/mlp.json', import.meta.url);
  const stored = JSON.parse(fs.readFileSync(file, 'utf8')) as Stored;
  const { examples, layers, vectors: k, seed } = stored;
  return stored.cases.map((fixture) => {
    const generator = lcg(seed);
    const inputs = generator.uniform(examples * layers[0]);
    const labels = generator.integers(examples, layers[2]);
    const parameters = concatenate(
      layers.slice(1).flatMap((fanOut, layer) => {
        const fanIn = layers[layer] ?? 0;
        const weight = generator.uniform(fanIn * fanOut).map((value) => value * Math.sqrt(3 / fanIn));
        return [weight, generator.uniform(fanOut).map((value) => value * 0.1)];
      }),
    );
    const model = mlpModel(layers, fixture);
    return {
      name: model.name,
      model,
      inputs,
      loss: { kind: fixture.loss === 'crossEntropy' ? 'softmaxCrossEntropy' : 'meanSquaredError' },
      targets: fixture.loss === 'crossEntropy' ? labels : oneHotRows(labels, layers[2]),
      parameters,
      vectors: generator.uniform(k * parameters.length),
      k,
      value: fixture.value,
      gradient: decode(fixture.gradient),
      products: concatenate(fixture.products.map(decode)),
    };
  });
}
