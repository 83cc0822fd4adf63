/** The PyTorch float64 fixtures of small networks, with what they were drawn from generated again. */
import fs from 'node:fs';
import { type Lcg, lcg } from '@ritz/testing';
import { sizeOf, type Shape } from '../graph/Node.ts';
import type { Loss } from '../model/Loss.ts';
import { targetsFor } from '../model/targets.ts';
import { elementCount, type Model, type NamedShape } from '../model/Model.ts';
import type { BatchNormMode } from '../model/ModelState.ts';
import { tanh } from '../ops/tanh.ts';
import type { CurvatureOperator } from '../operator/curvatureOperators.ts';
import { forwardAttention } from './nets/attention.ts';
import { forwardConvNet } from './nets/convNet.ts';
import { dense } from './nets/dense.ts';
import { forwardResNet } from './nets/resNet.ts';

type NetName = 'Mlp' | 'ConvNet' | 'ResNet' | 'Attention';

/** Values are offset + factor · uniform. */
interface Drawn extends NamedShape {
  readonly offset: number;
  readonly factor: number;
}

interface StoredCase {
  readonly name: string;
  readonly net: NetName;
  readonly loss: Loss;
  readonly matrix: CurvatureOperator;
  readonly batchNorm: BatchNormMode | null;
  readonly block: readonly string[] | null;
  readonly weightDecay: { readonly coefficient: number; readonly parameters: readonly string[] } | null;
  readonly microBatch?: number;
  readonly examples: number;
  /** Classes or components of an output. */
  readonly outputs: number;
  /** Distinct tokens; null where inputs are not tokens. */
  readonly tokens: number | null;
  readonly parameters: readonly Drawn[];
  readonly buffers: readonly Drawn[];
  readonly value: number;
  readonly gradient: string;
  readonly products: readonly string[];
}

export interface NetCase {
  readonly name: string;
  /** All that `createCurvature` needs but for the engine. */
  readonly options: {
    readonly model: Model;
    readonly loss: Loss;
    readonly operator: CurvatureOperator;
    readonly batchNorm: BatchNormMode;
    readonly block?: readonly string[];
    readonly weightDecay?: { readonly coefficient: number; readonly parameters: readonly string[] };
    readonly microBatch?: number;
    readonly inputs: ArrayLike<number>;
    readonly targets: ArrayLike<number>;
    readonly parameters: Float64Array;
    readonly buffers: Float64Array;
  };
  /** [k, dimension] */
  readonly vectors: Float64Array;
  readonly k: number;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly products: Float64Array;
}

const inputShapes: Readonly<Record<NetName, Shape>> = {
  Mlp: [5],
  ConvNet: [2, 8, 8],
  ResNet: [2, 6, 6],
  Attention: [4],
};

const forwards: Readonly<Record<NetName, Model['forward']>> = {
  Mlp: (graph, inputs, state) => dense(graph, state, 'dense1', tanh(graph, dense(graph, state, 'dense0', inputs))),
  ConvNet: forwardConvNet,
  ResNet: forwardResNet,
  Attention: forwardAttention,
};

function decode(texts: readonly string[]): Float64Array {
  const bytes = Buffer.concat(texts.map((text) => Buffer.from(text, 'base64')));
  return new Float64Array(Uint8Array.from(bytes).buffer);
}

function drawTensors(random: Lcg, tensors: readonly Drawn[]): Float64Array {
  return Float64Array.from(
    tensors.flatMap(({ shape, offset, factor }) => [...random.uniform(sizeOf(shape)).map((x) => offset + factor * x)]),
  );
}

function drawTargets(random: Lcg, loss: Loss, outputs: Shape): ArrayLike<number> {
  const target = targetsFor(loss, outputs);
  if (!target) return [];
  const { shape, type } = target;
  const classes = outputs.at(-1) ?? 1;
  if (type === 'int') return random.integers(sizeOf(shape), classes);
  const values = random.uniform(sizeOf(shape)).map((x) => (x + 1) / 2);
  if (loss.kind !== 'softmaxCrossEntropy') return values;
  return values.map((value, i) => {
    const row = i - (i % classes);
    return value / values.subarray(row, row + classes).reduce((sum, x) => sum + x, 0);
  });
}

function toCase(stored: StoredCase, seed: number, k: number): NetCase {
  const random = lcg(seed);
  const { net, loss, examples, tokens, block, weightDecay, microBatch } = stored;
  const model: Model = {
    name: net,
    parameters: stored.parameters,
    buffers: stored.buffers,
    inputShape: inputShapes[net],
    inputType: tokens === null ? 'float' : 'int',
    forward: forwards[net],
  };
  const count = examples * sizeOf(model.inputShape);
  const inputs = tokens === null ? random.uniform(count) : random.integers(count, tokens);
  const perExample = tokens === null ? [stored.outputs] : [...model.inputShape, stored.outputs];
  const targets = drawTargets(random, loss, [examples, ...perExample]);
  const parameters = drawTensors(random, stored.parameters);
  const buffers = drawTensors(random, stored.buffers);
  const dimension = elementCount(stored.parameters.filter(({ name }) => block?.includes(name) ?? true));
  return {
    name: stored.name,
    options: {
      model,
      loss,
      operator: stored.matrix,
      batchNorm: stored.batchNorm ?? 'minibatch',
      ...(block && { block }),
      ...(weightDecay && { weightDecay }),
      ...(microBatch !== undefined && { microBatch }),
      inputs,
      targets,
      parameters,
      buffers,
    },
    vectors: random.uniform(k * dimension),
    k,
    value: stored.value,
    gradient: decode([stored.gradient]),
    products: decode(stored.products),
  };
}

export function netCases(): NetCase[] {
  const file = new URL('../../../../tools/fixtures/hvp/nets.json', import.meta.url);
  const { seed, vectors, cases } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    readonly seed: number;
    readonly vectors: number;
    readonly cases: readonly StoredCase[];
  };
  return cases.map((stored) => toCase(stored, seed, vectors));
}
