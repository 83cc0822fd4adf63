import { relativeError } from '@ritz/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import type { Engine } from '../engines/Engine.ts';
import { matmul } from '../ops/matmul.ts';
import { tanh } from '../ops/tanh.ts';
import { batchNorm } from './batchNorm.ts';
import type { Problem } from './buildLoss.ts';
import { batchesOf } from './Examples.ts';
import type { Model } from './Model.ts';
import { createPopulationStatistics } from './populationStatistics.ts';

/** Two batch norms, the second of them fed by what the first normalises. */
const model: Model = {
  name: 'two norms',
  parameters: [
    { name: 'first', shape: [3, 4] },
    { name: 'second', shape: [4, 2] },
  ],
  buffers: ['mean0', 'variance0', 'mean1', 'variance1'].map((name, i) => ({ name, shape: [i < 2 ? 4 : 2] })),
  inputShape: [3],
  inputType: 'float',
  forward: (graph, inputs, state) => {
    const hidden = matmul(graph, inputs, state.parameter('first'));
    const normalised = tanh(graph, batchNorm(graph, hidden, state, { mean: 'mean0', variance: 'variance0' }));
    const outputs = matmul(graph, normalised, state.parameter('second'));
    return batchNorm(graph, outputs, state, { mean: 'mean1', variance: 'variance1' });
  },
};
const problem: Problem = { model, loss: { kind: 'softmaxCrossEntropy' } };
const examples = 20;
const inputs = Float64Array.from({ length: examples * 3 }, (_, i) => Math.sin(1 + 2.3 * i) + 0.1 * i);
const targets = Int32Array.from({ length: examples }, (_, i) => i % 2);
const parameters = Float64Array.from({ length: 20 }, (_, i) => Math.cos(3 * i));

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
});
afterAll(() => engine.close());

async function statistics(size: number): Promise<Float64Array> {
  const batches = batchesOf(problem, { inputs, targets }, examples, size, 'float64');
  const population = await createPopulationStatistics(engine, problem, batches);
  const vector = await population.at(parameters);
  await population.release();
  return vector;
}

describe('population statistics', () => {
  it('are those of all examples, layer after layer', async () => {
    const expected: number[] = [];
    let columns: number[][] = [0, 1, 2].map((c) =>
      Array.from({ length: examples }, (_, row) => inputs[3 * row + c] ?? 0),
    );
    for (const [offset, from, to] of [
      [0, 3, 4],
      [12, 4, 2],
    ] as const) {
      const products = Array.from({ length: to }, (_, unit) =>
        Array.from({ length: examples }, (_, row) =>
          Array.from(
            { length: from },
            (_, i) => (columns[i]?.[row] ?? 0) * (parameters[offset + i * to + unit] ?? 0),
          ).reduce((sum, value) => sum + value),
        ),
      );
      const means = products.map((column) => column.reduce((sum, value) => sum + value) / examples);
      const variances = products.map(
        (column, unit) => column.reduce((sum, value) => sum + (value - (means[unit] ?? 0)) ** 2, 0) / examples,
      );
      expected.push(...means, ...variances);
      columns = products.map((column, unit) =>
        column.map((value) => Math.tanh((value - (means[unit] ?? 0)) / Math.sqrt((variances[unit] ?? 0) + 1e-5))),
      );
    }
    expect(relativeError(await statistics(examples), Float64Array.from(expected))).toBeLessThan(1e-13);
  });

  it('do not depend on how many examples are computed together', async () => {
    const whole = await statistics(examples);
    for (const size of [10, 7, 1]) expect(relativeError(await statistics(size), whole)).toBeLessThan(1e-12);
  });
});
