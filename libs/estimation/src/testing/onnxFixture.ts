/** The ONNX files that PyTorch exported, with what PyTorch computes for them in float64; data and directions generated again. */
import fs from 'node:fs';
import { lcg } from '@ritz/testing';
import { sizeOf, type Shape } from '../graph/Node.ts';
import type { Loss } from '../model/Loss.ts';
import type { Model, NamedShape } from '../model/Model.ts';

interface StoredMode {
  readonly batchNorm: 'running' | 'minibatch';
  readonly value: number;
  readonly outputs: string;
  readonly gradient: string;
  readonly product: string;
}

interface StoredCase {
  readonly name: string;
  readonly loss: Loss['kind'];
  readonly inputShape: Shape;
  /** Number of tokens; null: the inputs are real numbers. */
  readonly tokens: number | null;
  readonly examples: number;
  readonly seed: number;
  readonly outputShape: Shape;
  /** In the order of `gradient`, `product` and the direction. */
  readonly parameters: readonly NamedShape[];
  readonly modes: readonly StoredMode[];
}

export interface OnnxCase {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly loss: Loss;
  readonly inputShape: Shape;
  readonly examples: number;
  readonly inputs: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  readonly parameters: readonly NamedShape[];
  readonly direction: Float64Array;
  readonly modes: readonly {
    readonly batchNorm: 'running' | 'minibatch';
    readonly loss: number;
    readonly outputs: Float64Array;
    readonly gradient: Float64Array;
    readonly product: Float64Array;
  }[];
}

const folder = new URL('../../../../tools/fixtures/onnx/', import.meta.url);

export function onnxFile(name: string): Uint8Array {
  return fs.readFileSync(new URL(`${name}.onnx`, folder));
}

function decode(text: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float64Array(bytes.buffer);
}

export function onnxCases(): OnnxCase[] {
  const stored = JSON.parse(fs.readFileSync(new URL('expected.json', folder), 'utf8')) as StoredCase[];
  return stored.map((fixture) => {
    const { examples, inputShape, outputShape, tokens, loss } = fixture;
    const generator = lcg(fixture.seed);
    const uniform = (count: number): Float64Array => generator.uniform(count).map(Math.fround);
    const size = examples * sizeOf(inputShape);
    const inputs = tokens === null ? uniform(size) : generator.integers(size, tokens);
    const outputs = examples * sizeOf(outputShape);
    const classes = outputShape.at(-1) ?? 1;
    const targets = loss === 'softmaxCrossEntropy' ? generator.integers(outputs / classes, classes) : uniform(outputs);
    return {
      ...fixture,
      bytes: onnxFile(fixture.name),
      loss: { kind: loss },
      inputs,
      targets,
      direction: uniform(fixture.parameters.reduce((count, { shape }) => count + sizeOf(shape), 0)),
      modes: fixture.modes.map(({ batchNorm, value, ...mode }) => ({
        batchNorm,
        loss: value,
        outputs: decode(mode.outputs),
        gradient: decode(mode.gradient),
        product: decode(mode.product),
      })),
    };
  });
}

/** A vector in the order of the fixture's parameters, in the order of the model's. */
export function inOrderOf(
  model: Model,
  { parameters }: Pick<OnnxCase, 'parameters'>,
  vector: Float64Array,
): Float64Array {
  const parts = new Map<string, Float64Array>();
  let offset = 0;
  for (const { name, shape } of parameters) {
    parts.set(name, vector.subarray(offset, (offset += sizeOf(shape))));
  }
  return Float64Array.from(model.parameters.flatMap(({ name }) => [...(parts.get(name) ?? [])]));
}
