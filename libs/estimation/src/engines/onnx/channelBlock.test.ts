/** Convolutions in blocks of channels: how large a block is, what is emitted, and that the products are right. */
import { floatArray } from '@ritz/lanczos';
import { relativeError } from '@ritz/testing';
import onnxProto from 'onnx-proto';
import { describe, expect, it } from 'vitest';
import { tangents } from '../../autodiff/jvp.ts';
import { createGraph } from '../../graph/createGraph.ts';
import { sizeOf, type Graph, type Shape } from '../../graph/Node.ts';
import { conv2d } from '../../ops/conv2d.ts';
import { type TensorData } from '../Engine.ts';
import { createEngine } from '../createEngine.ts';
import { channelBlockOf, channelBlockTest } from './channelBlock.ts';
import { OnnxEmitter } from './OnnxEmitter.ts';

/** The values of an image in the order of blocks. */
function inBlocks({ shape, data }: TensorData, block: number): Float32Array {
  const [, channels = 1, , positions = 1] = shape;
  const out = new Float32Array(channels * positions);
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < positions; p++) {
      out[(Math.floor(c / block) * positions + p) * block + (c % block)] = data[c * positions + p] ?? 0;
    }
  }
  return out;
}

describe('the size of a block', () => {
  const images = channelBlockTest().feeds['images'];
  if (!images) throw new Error('the test feeds images');
  const read = (data: Float32Array): number | null => channelBlockOf({ reordered: { shape: images.shape, data } });

  it.each([4, 8, 16])('is read from the order of the values: %i', (block) => {
    expect(read(inBlocks(images, block))).toBe(block);
  });

  it('is none where nothing was moved, or moved in another way', () => {
    expect(read(inBlocks(images, 1))).toBeNull();
    expect(read(inBlocks(images, 8).reverse())).toBeNull();
    expect(read(inBlocks(images, 8).with(77, -1))).toBeNull();
    expect(channelBlockOf({})).toBeNull();
  });
});

const [images, kernels]: [Shape, Shape] = [
  [2, 32, 5, 6],
  [64, 32, 3, 3],
];

/** The tangent of a convolution in both of its operands, W ∗ ẋ + V ∗ x, and all four as inputs. */
function productRule(): Graph {
  const graph = createGraph();
  const [x, w] = [graph.input('x', images), graph.input('w', kernels)];
  const [dx, dw] = [graph.input('dx', images), graph.input('dw', kernels)];
  const y = conv2d(graph, x, w, { padding: 'same', stride: [1, 2] });
  const directions = new Map([
    [x, dx],
    [w, dw],
  ]);
  const [tangent] = tangents(graph, [y], directions);
  if (!tangent) throw new Error('a convolution has a tangent');
  return { outputs: { tangent } };
}

describe('the tangent of a convolution', () => {
  const target = { provider: 'cpu', precision: 'float32' } as const;
  const opsOf = (channelBlock: number | null): string[] => {
    const { graph } = onnxProto.onnx.ModelProto.decode(OnnxEmitter.model(productRule(), { ...target, channelBlock }));
    return (graph?.node ?? []).map(({ domain, opType }) => `${domain ? 'blocked ' : ''}${opType ?? ''}`);
  };

  it('is one convolution that starts from the other, put back into rows once', () => {
    const ops = opsOf(16);
    expect(ops.filter((op) => op === 'blocked Conv')).toHaveLength(2);
    expect(ops.filter((op) => op === 'blocked ReorderOutput')).toHaveLength(1);
    expect(ops).not.toContain('Add');
  });

  it.each([null, 24])('is two plain convolutions and their sum where channels make no whole blocks (%s)', (block) => {
    expect(opsOf(block)).toEqual(['Conv', 'Conv', 'Add']);
  });

  it('is what float64 says', async () => {
    const values = (shape: Shape, seed: number): number[] =>
      Array.from({ length: sizeOf(shape) }, (_, i) => Math.fround(Math.sin(seed + 1.7 * i)));
    const run = async (precision: 'float32' | 'float64'): Promise<TensorData['data']> => {
      const feed = (shape: Shape, seed: number): TensorData => ({
        shape,
        data: floatArray(precision, values(shape, seed)),
      });
      const engine = await createEngine({ engine: 'onnx-cpu', precision, threads: 1 });
      const program = await engine.compile(productRule());
      const { tangent } = await program.run({
        x: feed(images, 1),
        dx: feed(images, 2),
        w: feed(kernels, 3),
        dw: feed(kernels, 4),
      });
      await engine.close();
      return tangent?.data ?? new Float32Array();
    };
    expect(relativeError(await run('float32'), await run('float64'))).toBeLessThan(1e-6);
  });
});
