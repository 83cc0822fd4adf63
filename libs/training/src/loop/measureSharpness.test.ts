import {
  createCurvature,
  createEngine,
  parameterCount,
  preconditioned,
  type Curvature,
  type Engine,
} from '@ritz/estimation';
import { exactSpectrum, probeVector } from '@ritz/lanczos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../architecture/initialParameters.ts';
import { mlp } from '../architecture/mlp.ts';
import { blobs, classes, features } from '../testing/blobs.ts';
import { blobTraining, observeTraining } from '../testing/training.ts';
import { measureSharpness, type SharpnessOptions, type SharpnessRecord } from './measureSharpness.ts';
import type { TrainOptions } from './TrainOptions.ts';

const model = mlp({ layers: [features, 6, classes], activation: 'tanh' });
const n = parameterCount(model);
const { train: examples } = blobs();
const settings = { every: 1, lanczosSteps: 40, seed: 1 };
let engine: Engine;
let hessian: Curvature;
/** Dense, row by row, in float64. */
let rows: Float64Array[];

beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
  hessian = await createCurvature({
    engine,
    model,
    loss: { kind: 'softmaxCrossEntropy' },
    parameters: initialParameters(model, 3),
    inputs: examples.inputs,
    targets: examples.labels,
  });
  const identity = Float64Array.from({ length: n * n }, (_, at) => (Math.floor(at / n) === at % n ? 1 : 0));
  const products = await hessian.apply(identity, n);
  rows = Array.from({ length: n }, (_, row) => Float64Array.from(products.subarray(row * n, (row + 1) * n)));
});
afterAll(async () => {
  await hessian.release();
  await engine.close();
});

const direction = probeVector('sphere', 5, 0, parameterCount(model));
const diagonal = Float64Array.from({ length: n }, (_, i) => 0.01 + (i % 7) / 10);

function measure(changes: Partial<SharpnessOptions> = {}): Promise<SharpnessRecord> {
  const options = { hessian, precision: 'float64', settings, update: direction, preconditioner: diagonal } as const;
  return measureSharpness({ ...options, ...changes });
}

function curvatureAlong(v: Float64Array): number {
  const image = rows.map((row) => row.reduce((sum, entry, i) => sum + entry * (v[i] ?? 0), 0));
  const squares = v.reduce((sum, entry) => sum + entry * entry, 0);
  return image.reduce((sum, entry, i) => sum + entry * (v[i] ?? 0), 0) / squares;
}

describe('measureSharpness', () => {
  it('finds λ1 of the dense Hessian, plain and preconditioned', async () => {
    const found = await measure();
    const plain = await exactSpectrum(hessian, { precision: 'float64' });
    const scaled = await exactSpectrum(preconditioned(hessian, diagonal), { precision: 'float64' });
    expect(found.sharpness).toBeCloseTo(plain.eigenvalues.at(-1) ?? NaN, 10);
    expect(found.preconditionedSharpness).toBeCloseTo(scaled.eigenvalues.at(-1) ?? NaN, 8);
    expect(found.sharpnessError).toBeLessThan(1e-8);
    expect(found.preconditionedSharpnessError).toBeLessThan(1e-6);
  });

  it('says by its residual how far an eigenvalue is, and never exceeds λ1, before it has converged', async () => {
    const { eigenvalues: values } = await exactSpectrum(hessian, { precision: 'float64' });
    for (const lanczosSteps of [1, 2, 3, 5]) {
      const found = await measure({ settings: { ...settings, lanczosSteps } });
      const theta = found.sharpness ?? NaN;
      const nearest = Math.min(...values.map((value) => Math.abs(value - theta)));
      expect(nearest).toBeLessThanOrEqual((found.sharpnessError ?? NaN) + 1e-12);
      expect(theta).toBeLessThanOrEqual((values.at(-1) ?? NaN) + 1e-12);
    }
  });

  it('has the curvature along gradient and update, and none along nothing', async () => {
    const found = await measure();
    expect(found.gradientCurvature).toBeCloseTo(curvatureAlong(await hessian.gradient()), 10);
    expect(found.updateCurvature).toBeCloseTo(curvatureAlong(direction), 10);
    const still = await measure({ update: new Float64Array(n), preconditioner: null });
    expect([still.updateCurvature, still.preconditionedSharpness, still.preconditionedSharpnessError]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('a training that logs its sharpness', () => {
  const sharpness = { every: 4, lanczosSteps: 30, seed: 1 };
  const descent: Partial<TrainOptions> = {
    optimiser: { kind: 'sgd', momentum: 0 },
    batchSize: 240,
    spectrumExamples: 240,
    spectrumSteps: [],
    logEvery: 5,
    steps: 10,
  };

  it('has it every so many steps and at the end, and trains as if it did not', async () => {
    const silent = await observeTraining(blobTraining(engine, descent));
    const { steps, result } = await observeTraining(blobTraining(engine, { ...descent, sharpness }));
    expect(steps.filter(({ sharpness: one }) => one !== undefined).map(({ number }) => number)).toEqual([0, 4, 8, 10]);
    expect(steps.map(({ number }) => number)).toEqual([0, 4, 5, 8, 10]);
    expect(result.parameters).toEqual(silent.result.parameters);
    for (const { gradientCurvature, updateCurvature } of steps) {
      // An update of full-batch gradient descent is along the gradient.
      if (typeof gradientCurvature === 'number') expect(updateCurvature).toBeCloseTo(gradientCurvature, 9);
    }
  });

  it('has that of the preconditioned Hessian with Adam, from the first update on', async () => {
    const { steps } = await observeTraining(
      blobTraining(engine, { ...descent, optimiser: { kind: 'adam' }, sharpness }),
    );
    const found = steps.flatMap(({ preconditionedSharpness }) => preconditionedSharpness ?? []);
    expect(found).toHaveLength(4);
    expect(Math.min(...found)).toBeGreaterThan(0);
  });

  it.each([
    [{ every: 0, lanczosSteps: 5, seed: 1 }, 'sharpness.every: expected an integer of at least 1, got 0.'],
    [
      { every: 1, lanczosSteps: 0.5, seed: 1 },
      'sharpness.lanczosSteps (m): expected an integer of at least 1, got 0.5.',
    ],
  ])('refuses %j', async (given, message) => {
    await expect(observeTraining(blobTraining(engine, { sharpness: given }))).rejects.toThrow(message);
  });
});
