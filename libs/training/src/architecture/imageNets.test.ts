import { createEngine, forwardGraph, outputShape, parameterCount, type Engine, type Model } from '@ritz/estimation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Architecture } from './Architecture.ts';
import { initialBuffers, initialParameters } from './initialParameters.ts';
import { cifarResnet, imagenetResnet } from './resnet.ts';
import { transformerEncoder } from './transformer.ts';
import { vgg11 } from './vgg.ts';

describe('numbers of parameters', () => {
  // CIFAR: He et al. 2016, table 6, give 0.27, 0.46 and 0.85 million for 20, 32 and 56 layers with parameter-free skips.
  // ImageNet: as in torchvision. VGG-11: its convolutions, and 512 × 10 + 10 for the classifier.
  it.each<[string, () => Architecture, number]>([
    ['resnet-20-bn', () => cifarResnet({ depth: 20 }), 269_722],
    ['resnet-32-bn', () => cifarResnet({ depth: 32 }), 464_154],
    ['resnet-56-bn', () => cifarResnet({ depth: 56 }), 853_018],
    ['plain-32-bn', () => cifarResnet({ depth: 32, residual: false }), 464_154],
    ['resnet-imagenet-18-bn', () => imagenetResnet({ depth: 18 }), 11_689_512],
    ['resnet-imagenet-50-bn', () => imagenetResnet({ depth: 50 }), 25_557_032],
    ['vgg-11', () => vgg11({ batchNorm: false }), 9_225_610],
    ['vgg-11-bn', () => vgg11(), 9_225_610 - 2752 + 2 * 2752],
  ])('%s', (name, make, count) => {
    const architecture = make();
    expect(architecture.name).toBe(name);
    expect(parameterCount(architecture)).toBe(count);
  });

  it('a width of a quarter leaves a quarter of the channels of every layer', () => {
    const narrow = cifarResnet({ depth: 8, width: 0.25 });
    expect(narrow.name).toBe('resnet-8-w0.25-bn');
    expect(new Set(narrow.parameters.filter(({ shape }) => shape.length === 4).map(({ shape }) => shape[0]))).toEqual(
      new Set([4, 8, 16]),
    );
  });
});

const encoder = { inputShape: [3, 32, 32], classes: 10, depth: 1, dimension: 16, heads: 2, patch: 4 } as const;

describe('options', () => {
  it.each<[string, () => Model]>([
    ['depth: expected 6 n + 2 (8, 14, 20, 32, 56, …), got 18.', () => cifarResnet({ depth: 18 })],
    ['depth: expected 18 or 50, got 20.', () => imagenetResnet({ depth: 20 })],
    ['width: expected a number greater than 0, got 0.', () => vgg11({ width: 0 })],
    ['classes: expected an integer of at least 2, got 1.', () => vgg11({ classes: 1 })],
    ['dimension: expected a multiple of the 3 heads, got 16.', () => transformerEncoder({ ...encoder, heads: 3 })],
    [
      'patch: expected a divisor of 32 and 32 (rows and columns), got 5.',
      () => transformerEncoder({ ...encoder, patch: 5 }),
    ],
  ])('%s', (message, make) => expect(make).toThrow(message));
});

describe('the nets at their start', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64' });
  });
  afterAll(() => engine.close());

  async function logitsOf(architecture: Architecture): Promise<Float64Array> {
    const examples = 6;
    const graph = forwardGraph({ model: architecture, loss: { kind: 'softmaxCrossEntropy' } }, examples);
    const program = await engine.compile(graph);
    const parameters = initialParameters(architecture, 3);
    let offset = 0;
    const feeds = architecture.parameters.map(({ shape }, position) => {
      const size = shape.reduce((product, length) => product * length, 1);
      const data = parameters.slice(offset, (offset += size));
      return [`parameter${position}`, { shape, data }] as const;
    });
    const pixels = architecture.inputShape.reduce((product, length) => product * length, examples);
    const result = await program.run({
      ...Object.fromEntries(feeds),
      inputs: {
        shape: [examples, ...architecture.inputShape],
        data: Float64Array.from({ length: pixels }, (_, i) => Math.sin(0.37 * i) * Math.SQRT2),
      },
      targets: { shape: [examples], data: new Int32Array(examples) },
    });
    await program.release();
    return result['outputs']?.data as Float64Array;
  }

  it.each<[string, Architecture]>(
    [
      cifarResnet({ depth: 20, width: 0.25 }),
      cifarResnet({ depth: 20, width: 0.25, batchNorm: false }),
      cifarResnet({ depth: 20, width: 0.25, residual: false }),
      imagenetResnet({ depth: 18, width: 0.0625, classes: 7, inputShape: [3, 64, 64] }),
      imagenetResnet({ depth: 50, width: 0.03125, classes: 7, inputShape: [3, 64, 64] }),
      vgg11({ width: 0.0625, batchNorm: false }),
      transformerEncoder({ inputShape: [3, 16, 16], classes: 5, depth: 2, dimension: 16, heads: 4, patch: 4 }),
    ].map((architecture) => [architecture.name, architecture]),
  )('%s has logits of the order of 1', async (_, architecture) => {
    expect(outputShape(architecture)).toEqual([architecture.classes]);
    const logits = await logitsOf(architecture);
    const rms = Math.sqrt(logits.reduce((sum, value) => sum + value * value, 0) / logits.length);
    expect(logits.length).toBe(6 * architecture.classes);
    expect(rms).toBeGreaterThan(0.02);
    expect(rms).toBeLessThan(20);
  });

  it('without skips the same convolutions follow each other: the last images differ', async () => {
    const options = { depth: 8, width: 0.25 };
    const [residual, plain] = [
      await logitsOf(cifarResnet(options)),
      await logitsOf(cifarResnet({ ...options, residual: false })),
    ];
    expect(residual).not.toEqual(plain);
    expect(initialParameters(cifarResnet(options), 1)).toEqual(
      initialParameters(cifarResnet({ ...options, residual: false }), 1),
    );
  });

  it('buffers start as mean 0 and variance 1', () => {
    const architecture = cifarResnet({ depth: 8, width: 0.25 });
    const buffers = initialBuffers(architecture);
    const channels = architecture.buffers
      .filter(({ name }) => name.endsWith('.variance'))
      .reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
    expect(buffers.length).toBe(2 * channels);
    expect(buffers.reduce((sum, value) => sum + value, 0)).toBe(channels);
  });
});
