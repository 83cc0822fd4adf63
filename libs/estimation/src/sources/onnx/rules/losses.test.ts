/** Losses as nodes of the file, against those of this package, which are held against PyTorch. */
import { lcg, relativeError } from '@ritz/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../../engines/createEngine.ts';
import type { Loss } from '../../../model/Loss.ts';
import { createCurvature, type Curvature } from '../../../operator/createCurvature.ts';
import { onnxModel, type HandNode } from '../../../testing/onnxModel.ts';
import { readOnnx } from '../readOnnx.ts';

const engine = createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
afterAll(async () => (await engine).close());

const classes = 3;
const examples = 5;
const random = lcg(5);
const weights = {
  w: { shape: [2, classes], values: [...random.uniform(2 * classes)].map(Math.fround) },
  factors: { shape: [classes], values: [0.5, 2, 1.25] },
};
const inputs = random.uniform(examples * 2);
const labels = [0, 2, -100, 1, 2];

interface LossNode extends Partial<HandNode> {
  readonly op: 'SoftmaxCrossEntropyLoss' | 'NegativeLogLikelihoodLoss';
}

function graphWith({ op, inputs: more = [], ...node }: LossNode): Uint8Array {
  const logits: HandNode = { op: 'MatMul', inputs: ['x', 'w'], outputs: ['z'] };
  const logarithms: HandNode = { op: 'LogSoftmax', inputs: ['z'], outputs: ['l'] };
  const scores = op === 'SoftmaxCrossEntropyLoss' ? 'z' : 'l';
  const last: HandNode = { op, inputs: [scores, 't', ...more], outputs: ['loss'], ...node };
  return onnxModel({ input: [null, 2], indices: { t: [null] }, weights, nodes: [logits, logarithms, last] });
}

async function numbersOf(curvature: Curvature): Promise<{ loss: number; all: Float64Array }> {
  const direction = Float64Array.from({ length: curvature.dimension }, (_, i) => Math.cos(i));
  const product = await curvature.apply(direction, 1);
  const all = Float64Array.from([...(await curvature.gradient()), ...product]);
  const loss = await curvature.loss();
  await curvature.release();
  return { loss, all };
}

describe('losses in the file', () => {
  it.each<[string, LossNode, Partial<Loss>]>([
    ['mean', { op: 'SoftmaxCrossEntropyLoss', texts: { reduction: 'mean' } }, {}],
    ['sum', { op: 'SoftmaxCrossEntropyLoss', texts: { reduction: 'sum' } }, { reduction: 'sum' }],
    ['weighted', { op: 'SoftmaxCrossEntropyLoss', inputs: ['factors'] }, { classWeights: weights.factors.values }],
    [
      'likelihood, weighted',
      { op: 'NegativeLogLikelihoodLoss', inputs: ['factors'] },
      { classWeights: weights.factors.values },
    ],
  ])('%s', async (_, node, settings) => {
    const file = graphWith({ ...node, integers: { ignore_index: -100 } });
    // Class weights of the loss are no parameters.
    const trained = readOnnx(file, { otherInputs: { t: [] }, freeze: node.inputs ?? [] });
    expect(trained.otherBounds).toEqual({ t: { below: classes, ignored: -100 } });
    const shared = { engine: await engine, inputs };
    const own = await createCurvature({
      ...shared,
      ...trained,
      batchNorm: 'running',
      loss: { kind: 'output' },
      otherInputs: { t: labels },
      targets: [],
    });
    const logits = readOnnx(
      onnxModel({
        input: [null, 2],
        weights: { w: weights.w },
        nodes: [{ op: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }],
      }),
    );
    const loss = { kind: 'softmaxCrossEntropy', ignoreIndex: -100, ...settings } as Loss;
    const expected = await numbersOf(
      await createCurvature({ ...shared, ...logits, batchNorm: 'running', loss, targets: labels }),
    );
    const found = await numbersOf(own);
    expect(found.loss).toBeCloseTo(expected.loss, 12);
    expect(relativeError(found.all, expected.all)).toBeLessThan(1e-12);
  });

  it('is not cut into parts, whose mean would be another loss, and has no Gauss–Newton matrix', async () => {
    const trained = readOnnx(graphWith({ op: 'SoftmaxCrossEntropyLoss' }), { otherInputs: { t: [] } });
    const problem = {
      engine: await engine,
      ...trained,
      batchNorm: 'running',
      loss: { kind: 'output' },
      inputs,
      otherInputs: { t: [0, 1, 2, 0, 1] },
      targets: [],
    } as const;
    await expect(createCurvature({ ...problem, microBatch: 2 })).rejects.toThrow(
      'microBatch: expected 5, got 2. The model computes one loss',
    );
    await expect(createCurvature({ ...problem, operator: 'ggn' })).rejects.toThrow('operator: ggn has no meaning here');
    const asOutputs = createCurvature({ ...problem, loss: { kind: 'meanSquaredError' }, targets: [1] });
    await expect(asOutputs).rejects.toThrow('The model gives a single number, not outputs for each example.');
  });
});
