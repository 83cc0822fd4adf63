import { createEngine, type Engine } from '@ritz/estimation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkFile } from '../networks/NetworkCase.ts';
import { batchOf, batchWarnings } from './batch.ts';
import { curvatureOf } from './curvature.ts';
import { loadProblem } from './loadProblem.ts';
import type { LoadedProblem } from './loadedProblem.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float32' });
});
afterAll(() => engine.close());

function load(name: string, changes: Partial<Parameters<typeof loadProblem>[0]> = {}): Promise<LoadedProblem> {
  return loadProblem({
    model: networkFile(name, 'model.onnx'),
    data: networkFile(name, 'x.npy'),
    labels: networkFile(name, 'y.npy'),
    loss: 'cross-entropy',
    freeze: [],
    ...changes,
  });
}

describe('examples that depend on each other through the network', () => {
  it.each(['batch_mean.ts', 'batch_attention.dy'])('in %s are never cut, and that is said', async (name) => {
    const problem = await load(name);
    expect(await batchOf(engine, problem, {})).toBe(problem.examples);
    expect(await batchWarnings(engine, problem, {})).toEqual([
      'The outputs of an example depend on the other examples, for instance through a mean over the batch: the matrix is that of ' +
        `one batch of all ${problem.examples} examples.`,
    ]);
    expect(await batchWarnings(engine, problem, { batch: 2 })).toEqual([
      expect.stringMatching(/: --batch 2 changes the matrix\./),
    ]);
    const curvature = await curvatureOf(engine, problem, { operator: 'hessian' });
    expect(curvature.passSize.microBatch).toBe(problem.examples);
    await curvature.release();
  });

  it.each(['act_celu.ts', 'hf_bert.ts', 'lstm.ts', 'masked_softmax.ts'])('are not found in %s', async (name) => {
    const problem = await load(name);
    expect(await batchOf(engine, problem, {})).toBeUndefined();
    expect(await batchWarnings(engine, problem, { batch: 2 })).toEqual([]);
  });
});

describe('statistics of the batch', () => {
  it('tie its examples, and a smaller batch changes the matrix', async () => {
    const problem = await load('report.bn_train');
    expect(problem.batchNorm).toBe('minibatch');
    expect(await batchOf(engine, problem, {})).toBe(problem.examples);
    expect(await batchWarnings(engine, problem, {})).toEqual([]);
    expect(await batchWarnings(engine, problem, { batch: 2 })).toEqual([
      expect.stringMatching(/--batch 2 changes the matrix: each batch of 2 is normalised by its own statistics\./),
    ]);
  });
});
