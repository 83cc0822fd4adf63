/** Every loss, with its reductions and options, against PyTorch in float64; whole, and in micro-batches of which the last is smaller. */
import { relativeError } from '@ritz/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import { createCurvature } from '../operator/createCurvature.ts';
import { lossCases } from '../testing/lossFixture.ts';
import { createObjective } from './createObjective.ts';
import type { Loss } from './Loss.ts';

const engine = createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
afterAll(async () => (await engine).close());

const cases = lossCases();

describe('losses agree with PyTorch float64', () => {
  it.each(cases)('$name', async ({ model, loss, inputs, targets, parameters, vector, ...expected }) => {
    const options = { engine: await engine, model, loss, inputs, targets, parameters };
    for (const microBatch of [5, 2]) {
      const hessian = await createCurvature({ ...options, microBatch });
      expect(Math.abs((await hessian.loss()) - expected.value) / expected.value).toBeLessThan(1e-12);
      expect(relativeError(await hessian.gradient(), Float64Array.from(expected.gradient))).toBeLessThan(1e-12);
      const product = await hessian.apply(Float64Array.from(vector), 1);
      await hessian.release();
      expect(relativeError(product, Float64Array.from(expected.hessian))).toBeLessThan(1e-12);
    }
    if (expected.ggn === null) {
      await expect(createCurvature({ ...options, operator: 'ggn' })).rejects.toThrow(
        'operator: ggn has no meaning here',
      );
    } else {
      const ggn = await createCurvature({ ...options, operator: 'ggn', microBatch: 2 });
      const product = await ggn.apply(Float64Array.from(vector), 1);
      await ggn.release();
      expect(relativeError(product, Float64Array.from(expected.ggn))).toBeLessThan(1e-12);
    }
  });

  it('have the same value in a training step', async () => {
    const found = cases.find(({ loss }) => 'classWeights' in loss && 'ignoreIndex' in loss);
    if (!found) throw new Error('no fixture has class weights and labels that do not count');
    const objective = await createObjective(await engine, found, 5);
    const point = { parameters: found.parameters };
    const step = await objective.gradient(point, Float64Array.from(found.inputs), Int32Array.from(found.targets));
    await objective.release();
    expect(step.loss).toBeCloseTo(found.value, 12);
    expect(relativeError(step.gradient, Float64Array.from(found.gradient))).toBeLessThan(1e-12);
  });
});

describe('losses that cannot be', () => {
  const first = cases.find(({ loss }) => loss.kind === 'negativeLogLikelihood' && loss.outputs === 'probabilities');
  if (!first) throw new Error('the fixture has no rows of labels');
  const { model, inputs, targets, parameters } = first;

  it.each<[Loss, string]>([
    [{ kind: 'softmaxCrossEntropy', labelSmoothing: 1 }, 'labelSmoothing: expected a number from 0 to below 1, got 1.'],
    [
      { kind: 'softmaxCrossEntropy', classWeights: [1, 2] },
      'classWeights: expected 4 numbers, one for each class, got 2',
    ],
    [
      { kind: 'softmaxCrossEntropy', classWeights: [1, 2, -1, 1] },
      'classWeights: expected numbers of at least 0, got -1.',
    ],
    [
      { kind: 'softmaxCrossEntropy', classAxis: 2 },
      'classAxis: expected an axis from 1 to 1 of outputs [N, 4], got 2.',
    ],
    [{ kind: 'softmaxCrossEntropy', ignoreIndex: 0.5 }, 'ignoreIndex: expected an integer, got 0.5.'],
    [
      { kind: 'hinge' as 'huber' },
      'loss.kind: expected softmaxCrossEntropy, negativeLogLikelihood, binaryCrossEntropy, meanSquaredError, absoluteError, huber or ' +
        'output, got "hinge".',
    ],
    [{ kind: 'huber', reduction: 'max' as 'sum' }, 'loss.reduction: expected mean, sum or token-mean, got "max".'],
    [
      { kind: 'softmaxCrossEntropy', targets: 'soft' as 'classes' },
      'loss.targets: expected classes or probabilities, got "soft".',
    ],
    [
      { kind: 'negativeLogLikelihood', outputs: 'logits' as 'probabilities' },
      'loss.outputs: expected logProbabilities or probabilities, got "logits".',
    ],
    [{ kind: 'huber', delta: 0 }, 'delta: expected a number above 0, got 0.'],
    [{ kind: 'meanSquaredError', reduction: 'token-mean' }, 'reduction: token-mean is a mean over labels of classes'],
    [
      { kind: 'softmaxCrossEntropy', classWeights: [0, 0, 0, 0] },
      'targets: expected at least one that counts, but all are of weight 0',
    ],
  ])('%j', async (loss, message) => {
    const wanted = loss.kind === 'softmaxCrossEntropy' ? targets : inputs.map(() => 0).concat([0, 0, 0, 0, 0]);
    const made = createCurvature({ engine: await engine, model, loss, inputs, targets: wanted, parameters });
    await expect(made).rejects.toThrow(message);
  });

  it('say which label neither counts nor is a class', async () => {
    const loss: Loss = { kind: 'softmaxCrossEntropy', ignoreIndex: -100 };
    const options = { engine: await engine, model, loss, inputs, parameters };
    const wrong = targets.with(2, -1);
    await expect(createCurvature({ ...options, targets: wrong })).rejects.toThrow(
      'targets[2] is -1; expected 0…3 or -100.',
    );
    const none = targets.map(() => -100);
    await expect(createCurvature({ ...options, targets: none })).rejects.toThrow('all are -100 (ignoreIndex)');
  });
});
