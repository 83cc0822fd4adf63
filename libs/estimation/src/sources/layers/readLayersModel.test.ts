import { lcg, relativeError } from '@ritz/testing';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../engines/createEngine.ts';
import type { Engine } from '../../engines/Engine.ts';
import { sizeOf, type Shape } from '../../graph/Node.ts';
import { forwardGraph } from '../../model/buildLoss.ts';
import { batchesOf } from '../../model/Examples.ts';
import { feedsOf } from '../../model/flatVector.ts';
import { createCurvature } from '../../operator/createCurvature.ts';
import { readLayersModel, type LayersModelOptions } from './readLayersModel.ts';

let engine: Engine;

beforeAll(async () => {
  await tf.setBackend('cpu');
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
});
afterAll(() => engine.close());

const examples = 3;

/** Weights and running statistics other than those of a new model: variances positive. */
function randomise(model: tfl.LayersModel): void {
  const generator = lcg(7);
  for (const layer of model.layers) {
    const inner = 'layers' in layer ? (layer as tfl.LayersModel) : null;
    if (inner) randomise(inner);
    else {
      const isNorm = layer.getClassName() === 'BatchNormalization';
      const values = layer.getWeights().map(({ shape }, position, all) => {
        const offset = isNorm && position === all.length - 1 ? 1.5 : 0;
        return tf.tensor(
          Float32Array.from(generator.uniform(sizeOf(shape)), (value) => offset + value * 0.5),
          shape,
        );
      });
      layer.setWeights(values);
    }
  }
}

interface Comparison {
  readonly ours: ArrayLike<number>;
  readonly theirs: ArrayLike<number>;
}

async function predictions(
  model: tfl.LayersModel,
  inputShape: Shape,
  { tokens, ...options }: LayersModelOptions & { readonly tokens?: number } = {},
): Promise<Comparison> {
  randomise(model);
  const generator = lcg(3);
  const size = examples * sizeOf(inputShape);
  const inputs = tokens ? generator.integers(size, tokens) : Float32Array.from(generator.uniform(size));
  const theirs = model.predict(tf.tensor(inputs, [examples, ...inputShape], tokens ? 'int32' : 'float32')) as tf.Tensor;
  const { model: read, parameters, buffers } = await readLayersModel(model, { inputShape, ...options });
  const problem = { model: read, loss: { kind: 'meanSquaredError' }, batchNorm: 'running' } as const;
  const program = await engine.compile(forwardGraph(problem, examples));
  const targets = new Float64Array(theirs.size);
  const [batch] = batchesOf(problem, { inputs, targets }, examples, examples, 'float64');
  const result = await program.run({
    ...batch?.feeds,
    ...feedsOf(read.parameters, parameters, 'float64', 'parameter'),
    ...feedsOf(read.buffers, buffers, 'float64', 'buffer'),
  });
  return { ours: result['outputs']?.data ?? [], theirs: await theirs.data() };
}

function sequential(...layers: tfl.layers.Layer[]): tfl.LayersModel {
  return tfl.sequential({ layers });
}

const { layers } = tfl;
const image = [6, 7, 2] as const;

function residual(): tfl.LayersModel {
  const input = tfl.input({ shape: [...image] });
  const first = layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', useBias: false }).apply(input);
  const normal = layers.batchNormalization({}).apply(first) as tfl.SymbolicTensor;
  const active = layers.reLU({ maxValue: 6 }).apply(normal) as tfl.SymbolicTensor;
  const second = layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthMultiplier: 1 }).apply(active);
  const sum = layers.add().apply([active, second as tfl.SymbolicTensor]) as tfl.SymbolicTensor;
  const wide = layers.concatenate().apply([sum, input]) as tfl.SymbolicTensor;
  const mean = layers.globalAveragePooling2d({}).apply(wide);
  const output = layers.dense({ units: 3 }).apply(mean) as tfl.SymbolicTensor;
  return tfl.model({ inputs: input, outputs: output });
}

function nested(): tfl.LayersModel {
  const body = sequential(
    layers.conv2d({ filters: 3, kernelSize: 2, inputShape: [...image], activation: 'tanh' }),
    layers.flatten(),
  );
  return sequential(body, layers.dense({ units: 4, activation: 'softmax' }));
}

/** Every kind of layer that is read, in few models. */
const models: readonly [string, () => tfl.LayersModel, Shape, number?][] = [
  ...[
    'relu',
    'elu',
    'selu',
    'sigmoid',
    'hardSigmoid',
    'softplus',
    'softsign',
    'tanh',
    'swish',
    'mish',
    'relu6',
    'softmax',
    'gelu',
    'gelu_new',
  ].map((activation): [string, () => tfl.LayersModel, Shape] => [
    `dense ${activation}`,
    () => sequential(layers.dense({ units: 4, inputShape: [5], activation: activation as 'relu' })),
    [5],
  ]),
  [
    'convolutions and poolings',
    () =>
      sequential(
        layers.conv2d({ filters: 4, kernelSize: [3, 2], strides: 2, padding: 'same', inputShape: [9, 8, 2] }),
        layers.leakyReLU({ alpha: 0.2 }),
        layers.maxPooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
        layers.separableConv2d({ filters: 3, kernelSize: 2, depthMultiplier: 2, activation: 'elu' }),
        layers.averagePooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
        layers.zeroPadding2d({ padding: [[1, 0], [0, 2]] }), // prettier-ignore
        layers.cropping2D({ cropping: [[0, 1], [1, 0]] }), // prettier-ignore
        layers.prelu({ alphaInitializer: 'ones' }),
        layers.flatten(),
        layers.dense({ units: 3 }),
      ),
    [9, 8, 2],
  ],
  ['a residual network', residual, image],
  ['a model in a model', nested, image],
  [
    'a signal',
    () =>
      sequential(
        layers.conv1d({
          filters: 3,
          kernelSize: 3,
          strides: 2,
          padding: 'same',
          inputShape: [8, 2],
          activation: 'relu',
        }),
        layers.batchNormalization({ scale: false }),
        layers.globalAveragePooling1d({}),
      ),
    [8, 2],
  ],
  [
    'embedded tokens',
    () =>
      sequential(
        layers.embedding({ inputDim: 7, outputDim: 4, inputLength: 5 }),
        layers.layerNormalization({}),
        layers.dropout({ rate: 0.5 }),
        layers.permute({ dims: [2, 1] }),
        layers.reshape({ targetShape: [2, 10] }),
        layers.dense({ units: 3, activation: 'tanh' }),
        layers.flatten(),
        layers.softmax(),
      ),
    [5],
    7,
  ],
];

describe('readLayersModel', () => {
  it.each(models)('predicts as TensorFlow.js does: %s', async (_, make, shape, tokens) => {
    const { ours, theirs } = await predictions(make(), shape, tokens === undefined ? {} : { tokens });
    expect(ours).toHaveLength(theirs.length);
    expect(relativeError(ours, theirs)).toBeLessThan(2e-6); // TensorFlow.js computes in float32
  });

  it('leaves off the softmax that the loss has', async () => {
    const make = (activation: 'softmax' | 'linear') =>
      sequential(layers.dense({ units: 4, inputShape: [5], activation, name: 'last' }));
    const logits = await predictions(make('linear'), [5]);
    const cut = await predictions(make('softmax'), [5], { withoutFinal: 'softmax' });
    expect(relativeError(cut.ours, logits.ours)).toBe(0);
    const { finalActivationRemoved } = await readLayersModel(make('softmax'), { withoutFinal: 'softmax' });
    expect(finalActivationRemoved).toBe(true);
    expect((await readLayersModel(make('softmax'), { withoutFinal: 'sigmoid' })).finalActivationRemoved).toBe(false);
  });

  it('gives a Hessian that central differences of its gradient confirm', async () => {
    const network = residual();
    randomise(network);
    const { model, parameters, buffers } = await readLayersModel(network);
    const generator = lcg(5);
    const problem = { model, loss: { kind: 'softmaxCrossEntropy' }, batchNorm: 'running' } as const;
    const data = { inputs: generator.uniform(examples * sizeOf(image)), targets: generator.integers(examples, 3) };
    const curvature = await createCurvature({ ...problem, ...data, engine, parameters, buffers });
    const direction = generator.uniform(parameters.length);
    const product = await curvature.apply(direction, 1);
    const step = 1e-5;
    const gradientAt = async (sign: number): Promise<Float64Array> => {
      await curvature.setParameters(parameters.map((value, i) => value + sign * step * (direction[i] ?? 0)));
      return curvature.gradient();
    };
    const [after, before] = [await gradientAt(1), await gradientAt(-1)];
    const difference = after.map((value, i) => (value - (before[i] ?? 0)) / (2 * step));
    expect(relativeError(product, difference)).toBeLessThan(1e-6);
    await curvature.release();
  });

  it('takes the weights of frozen layers for buffers', async () => {
    const frozen = sequential(
      layers.dense({ units: 4, inputShape: [5], name: 'body', trainable: false }),
      layers.dense({ units: 2, name: 'head', useBias: false }),
    );
    const { model } = await readLayersModel(frozen);
    expect(model.parameters).toEqual([{ name: 'head/kernel', shape: [4, 2] }]);
    expect(model.buffers.map(({ name }) => name)).toEqual(['body/kernel', 'body/bias']);
  });

  it('knows how many tokens an embedding has', async () => {
    const embedding = sequential(layers.embedding({ inputDim: 7, outputDim: 2, inputLength: 3 }), layers.flatten());
    const { model, inputBound } = await readLayersModel(embedding);
    expect(model.inputType).toBe('int');
    expect(inputBound).toBe(7);
  });

  it('names the layer that it cannot read', async () => {
    const larger = sequential(layers.upSampling2d({ inputShape: [3, 3, 2], name: 'larger' }), layers.flatten());
    await expect(readLayersModel(larger)).rejects.toThrow(/cannot be differentiated here: UpSampling2D "larger"/);
    const causal = sequential(
      layers.conv1d({ filters: 1, kernelSize: 2, padding: 'causal', inputShape: [4, 1], name: 'past' }),
    );
    await expect(readLayersModel(causal)).rejects.toThrow(
      /Conv1D "past": expected padding same or valid, got "causal"/,
    );
  });

  it('asks for lengths that the model leaves open, and refuses others than it has', async () => {
    const open = sequential(layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [null, null, 1], name: 'first' }));
    await expect(readLayersModel(open)).rejects.toThrow(/takes examples of shape \[any, any, 1\]: say which/);
    expect((await readLayersModel(open, { inputShape: [5, 4, 1] })).model.inputShape).toEqual([5, 4, 1]);
    await expect(readLayersModel(open, { inputShape: [5, 4, 3] })).rejects.toThrow(/not \[5, 4, 3\]/);
  });
});
