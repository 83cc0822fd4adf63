/** The PyTorch float64 fixture of the 784-20-10 net, with its inputs generated again. */
import fs from 'node:fs';
import type { Model } from '../model/Model.ts';
import { add } from '../ops/add.ts';
import { matmul } from '../ops/matmul.ts';
import { mean, meanSquaredError } from '../ops/meanSquaredError.ts';
import { oneHot } from '../ops/oneHot.ts';
import { relu } from '../ops/relu.ts';
import { softmaxCrossEntropy } from '../ops/softmaxCrossEntropy.ts';
import { tanh } from '../ops/tanh.ts';
import { lcg } from './lcg.ts';

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
  readonly labels: Int32Array;
  readonly parameters: Float64Array;
  /** [k, n] */
  readonly vectors: Float64Array;
  readonly k: number;
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly products: Float64Array;
}

function decode(text: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float64Array(bytes.buffer);
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

function mlpModel([inputs, hidden, outputs]: Stored['layers'], { activation, loss }: StoredCase): Model {
  return {
    name: `${inputs}-${hidden}-${outputs} ${activation} ${loss}`,
    parameters: [
      { name: 'dense0.weight', shape: [inputs, hidden] },
      { name: 'dense0.bias', shape: [hidden] },
      { name: 'dense1.weight', shape: [hidden, outputs] },
      { name: 'dense1.bias', shape: [outputs] },
    ],
    inputShape: [inputs],
    classes: outputs,
    build: (graph, batch, parameters) => {
      const [w0, b0, w1, b1] = parameters;
      if (!w0 || !b0 || !w1 || !b1) throw new Error('four parameters expected');
      const activate = activation === 'relu' ? relu : tanh;
      const h = activate(graph, add(graph, matmul(graph, batch.inputs, w0), b0));
      const logits = add(graph, matmul(graph, h, w1), b1);
      const targets = oneHot(graph, batch.labels, outputs);
      const value =
        loss === 'crossEntropy'
          ? mean(graph, softmaxCrossEntropy(graph, logits, targets))
          : meanSquaredError(graph, logits, targets);
      return { loss: value, logits };
    },
  };
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
      labels,
      parameters,
      vectors: generator.uniform(k * parameters.length),
      k,
      loss: fixture.value,
      gradient: decode(fixture.gradient),
      products: concatenate(fixture.products.map(decode)),
    };
  });
}
