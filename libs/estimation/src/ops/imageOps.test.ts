/** Builders that compose ops: windows that overlap, leave lines out or reach over the edge. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import type { Engine } from '../engines/Engine.ts';
import { createGraph } from '../graph/createGraph.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { gradients } from '../autodiff/vjp.ts';
import { averagePool2d, globalAveragePool2d } from './averagePool2d.ts';
import { conv2d } from './conv2d.ts';
import { maxPool2d } from './maxPool2d.ts';
import { total } from './sum.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
});

afterAll(() => engine.close());

/** 0, 1, 2, … in an image of the given size. */
async function onCounting(
  [h, w]: readonly [number, number],
  build: (graph: GraphBuilder, x: Node) => Node,
  values = Array.from({ length: h * w }, (_, i) => i),
): Promise<{ shape: readonly number[]; value: number[]; gradient: number[] }> {
  const graph = createGraph();
  const x = graph.input('x', [1, 1, h, w]);
  const y = build(graph, x);
  const [gradient = x] = gradients(graph, total(graph, y), [x]);
  const program = await engine.compile({ outputs: { y, gradient } });
  const answer = await program.run({ x: { shape: x.shape, data: Float64Array.from(values) } });
  return {
    shape: answer['y']?.shape ?? [],
    value: [...(answer['y']?.data ?? [])],
    gradient: [...(answer['gradient']?.data ?? [])],
  };
}

describe('maxPool2d', () => {
  it('takes windows that overlap and reach over the edge', async () => {
    const pooled = await onCounting([3, 3], (graph, x) => maxPool2d(graph, x, 3, { stride: 2, padding: 1 }));
    expect(pooled.shape).toEqual([1, 1, 2, 2]);
    expect(pooled.value).toEqual([4, 5, 7, 8]);
    expect(pooled.gradient).toEqual([0, 0, 0, 0, 1, 1, 0, 1, 1]);
  });

  it('adds up the gradient of an element that is the largest of several windows', async () => {
    const values = [0, 0, 0, 0, 9, 0, 0, 0, 0];
    const pooled = await onCounting([3, 3], (graph, x) => maxPool2d(graph, x, 2, { stride: 1 }), values);
    expect(pooled.value).toEqual([9, 9, 9, 9]);
    expect(pooled.gradient).toEqual([0, 0, 0, 0, 4, 0, 0, 0, 0]);
  });

  it('leaves out lines that no window reaches', async () => {
    const pooled = await onCounting([3, 5], (graph, x) => maxPool2d(graph, x, 2));
    expect(pooled.value).toEqual([6, 8]);
    expect(pooled.gradient.filter((value) => value !== 0)).toEqual([1, 1]);
  });

  it('gives the gradient of a tie to the first, rows first', async () => {
    const pooled = await onCounting([2, 2], (graph, x) => maxPool2d(graph, x, 2), [1, 3, 3, 3]);
    expect(pooled.gradient).toEqual([0, 1, 0, 0]);
  });

  it('pads an all-negative image with nothing that could win', async () => {
    const pooled = await onCounting([2, 2], (graph, x) => maxPool2d(graph, x, 2, { padding: 1 }), [-5, -6, -7, -8]);
    expect(pooled.value).toEqual([-5, -6, -7, -8]);
  });

  it('says when a window does not fit', () => {
    const graph = createGraph();
    const x = graph.input('x', [1, 1, 2, 2]);
    expect(() => maxPool2d(graph, x, 3)).toThrow('maxPool2d: a window of 3 × 3 does not fit [1, 1, 2, 2].');
    expect(() => maxPool2d(graph, x, 2, { stride: 0 })).toThrow('stride must be integers of at least 1, got 0, 0');
  });
});

describe('averagePool2d', () => {
  it('counts the zeros around the image, or not', async () => {
    const build = (countPadding: boolean) => (graph: GraphBuilder, x: Node) =>
      averagePool2d(graph, x, 2, { stride: 2, padding: 1, countPadding });
    expect((await onCounting([2, 2], build(true))).value).toEqual([0, 0.25, 0.5, 0.75]);
    expect((await onCounting([2, 2], build(false))).value).toEqual([0, 1, 2, 3]);
  });

  it('of the whole image is its mean', async () => {
    const pooled = await onCounting([2, 3], globalAveragePool2d);
    expect(pooled).toEqual({
      shape: [1, 1, 1, 1],
      value: [2.5],
      gradient: new Array(6).fill(expect.closeTo(1 / 6, 15)),
    });
  });
});

describe('conv2d', () => {
  const ones = (graph: GraphBuilder, size: number): Node =>
    graph.constant(new Array(size * size).fill(1), [1, 1, size, size]);

  it('with `same` padding has ⌈size / stride⌉ lines, the odd zero at the end', async () => {
    const sums = await onCounting([3, 4], (graph, x) => conv2d(graph, x, ones(graph, 2), { padding: 'same' }));
    expect(sums.shape).toEqual([1, 1, 3, 4]);
    expect(sums.value).toEqual([10, 14, 18, 10, 26, 30, 34, 18, 17, 19, 21, 11]);
    const strided = await onCounting([5, 5], (graph, x) =>
      conv2d(graph, x, ones(graph, 3), { padding: 'same', stride: 2 }),
    );
    expect(strided.shape).toEqual([1, 1, 3, 3]);
  });

  it('adds a bias per output channel', async () => {
    const sums = await onCounting([2, 2], (graph, x) =>
      conv2d(graph, x, ones(graph, 2), { bias: graph.constant([100], [1]) }),
    );
    expect(sums.value).toEqual([106]);
  });

  it('says when kernels and images do not fit', () => {
    const graph = createGraph();
    const x = graph.input('x', [1, 3, 4, 4]);
    const w = graph.input('w', [2, 2, 3, 3]);
    expect(() => conv2d(graph, x, w)).toThrow(
      'conv2d: images [1, 3, 4, 4] and kernels [2, 2, 3, 3], groups 1: expected',
    );
    expect(() => conv2d(graph, x, graph.input('v', [2, 3, 5, 5]))).toThrow('the kernel does not fit');
  });
});
