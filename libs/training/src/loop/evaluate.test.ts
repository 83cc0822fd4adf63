import { createEngine, type Engine, type Problem } from '@ritz/estimation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialBuffers, initialParameters } from '../architecture/initialParameters.ts';
import { mlp } from '../architecture/mlp.ts';
import { cifarResnet, imagenetResnet } from '../architecture/resnet.ts';
import type { DataSet } from '../data/DataSet.ts';
import { blobs, classes, features } from '../testing/blobs.ts';
import { createEvaluation } from './evaluate.ts';
import { partSize } from './partSize.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64' });
});
afterAll(() => engine.close());

/** The examples of a set again and again. */
function repeated({ inputs, labels }: DataSet, count: number) {
  return {
    inputs: Float32Array.from({ length: count * features }, (_, at) => inputs[at % inputs.length] ?? 0),
    labels: Int32Array.from({ length: count }, (_, at) => labels[at % labels.length] ?? 0),
  };
}

describe('an evaluation', () => {
  it('of more examples than go through the engine at once is that of all of them', async () => {
    const model = mlp({ layers: [features, 6, classes] });
    const problem: Problem = { model, loss: { kind: 'softmaxCrossEntropy' } };
    const { train } = blobs();
    // 240 · 22 = 5280 examples: two parts of 2500, which share a program, and one of 280.
    const evaluation = await createEvaluation(engine, problem, [train, repeated(train, 5280)]);
    const [once, often] = await evaluation.evaluate(initialParameters(model, 1), initialBuffers(model));
    const stopped = evaluation.evaluate(initialParameters(model, 1), [], AbortSignal.abort(new Error('enough')));
    await expect(stopped).rejects.toThrow('enough');
    await evaluation.release();
    expect(often?.accuracy).toBeCloseTo(once?.accuracy ?? Number.NaN, 12);
    expect(often?.loss).toBeCloseTo(once?.loss ?? Number.NaN, 12);
    expect(once?.accuracy).toBeGreaterThan(0);
  });
});

describe('the examples that go through a net at once', () => {
  it.each<[string, Problem['model'], number, number]>([
    ['a small net', mlp({ layers: [784, 20, 10] }), 2500, 2500],
    ['ResNet-20 on CIFAR-10', cifarResnet({ depth: 20, classes: 10, inputShape: [3, 32, 32] }), 2500, 2500],
    // 64 channels of 112 × 112 pixels each, at least.
    ['ResNet-18 on ImageNet', imagenetResnet({ depth: 18 }), 8, 83],
  ])('of %s fit the memory', (_, model, least, most) => {
    const size = partSize({ model, loss: { kind: 'softmaxCrossEntropy' } }, 2500);
    expect(size).toBeGreaterThanOrEqual(least);
    expect(size).toBeLessThanOrEqual(most);
  });
});
