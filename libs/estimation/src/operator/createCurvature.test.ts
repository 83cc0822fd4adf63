import { sharedFloatArray } from '@ritz/lanczos';
import { relativeError } from '@ritz/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import type { Engine } from '../engines/Engine.ts';
import { mlpCases } from '../testing/mlpFixture.ts';
import { createCurvature, type Curvature } from './createCurvature.ts';

const engines: { label: string; open: () => Promise<Engine>; tolerance: number }[] = [
  {
    label: 'onnx-cpu float64',
    open: () => createEngine({ engine: 'onnx-cpu', precision: 'float64' }),
    tolerance: 1e-12,
  },
  { label: 'onnx-cpu float32', open: () => createEngine({ engine: 'onnx-cpu' }), tolerance: 1e-5 },
  { label: 'tfjs-wasm', open: () => createEngine({ engine: 'tfjs-wasm' }), tolerance: 1e-5 },
];

describe.each(engines)('$label agrees with PyTorch float64 double backward', ({ open, tolerance }) => {
  const engine = open();
  afterAll(async () => (await engine).close());

  it.each(mlpCases())('$name', async ({ model, loss, inputs, targets, parameters, vectors, k, ...expected }) => {
    const hessian = await createCurvature({ engine: await engine, model, loss, parameters, inputs, targets });
    expect(Math.abs((await hessian.loss()) - expected.value) / expected.value).toBeLessThan(tolerance);
    expect(relativeError(await hessian.gradient(), expected.gradient)).toBeLessThan(tolerance);
    const float = (await engine).precision === 'float64' ? vectors : Float32Array.from(vectors);
    const products = await hessian.apply(float, k);
    const n = hessian.dimension;
    for (let row = 0; row < k; row++) {
      const range = [row * n, (row + 1) * n] as const;
      expect(relativeError(products.subarray(...range), expected.products.subarray(...range))).toBeLessThan(tolerance);
    }
    await hessian.release();
  });
});

describe('the operator', () => {
  const [first] = mlpCases();
  if (!first) throw new Error('the fixture is empty');
  const { model, loss, inputs, targets, parameters, vectors, k } = first;
  const n = parameters.length;
  const engine = createEngine({ engine: 'onnx-cpu', precision: 'float64' });
  const open = async (options: { microBatch?: number; vectorsPerPass?: number } = {}): Promise<Curvature> =>
    createCurvature({ engine: await engine, model, loss, parameters, inputs, targets, ...options });
  afterAll(async () => (await engine).close());

  it('refuses a curvature operator that it does not know', async () => {
    const options = { engine: await engine, model, loss, parameters, inputs, targets };
    const unknown = 'jacobian' as 'ggn';
    await expect(createCurvature({ ...options, operator: unknown })).rejects.toThrow(
      'operator: expected hessian, ggn, residual, fisher or gradient-covariance, got "jacobian".',
    );
  });

  it('refuses an engine or a precision that it does not know', async () => {
    await expect(createEngine({ engine: 'abacus' as 'auto' })).rejects.toThrow('engine: expected auto, onnx-cpu,');
    await expect(createEngine({ precision: 'float16' as 'float32' })).rejects.toThrow(
      'precision: expected float32 or float64, got "float16".',
    );
  });

  it('refuses statistics of batch norm that it does not know', async () => {
    const options = { engine: await engine, model, loss, parameters, inputs, targets };
    const unknown = 'batch' as 'minibatch';
    await expect(createCurvature({ ...options, batchNorm: unknown })).rejects.toThrow(
      'batchNorm: expected minibatch, running or population, got "batch".',
    );
  });

  it('is symmetric to rounding', async () => {
    const hessian = await open();
    const products = await hessian.apply(vectors, k);
    let uHv = 0;
    let vHu = 0;
    for (let i = 0; i < n; i++) {
      uHv += (vectors[i] ?? 0) * (products[n + i] ?? 0);
      vHu += (vectors[n + i] ?? 0) * (products[i] ?? 0);
    }
    expect(Math.abs(uHv - vHu) / Math.abs(uHv)).toBeLessThan(1e-12);
  });

  it('gives the same bits for the same input, whatever was asked before', async () => {
    const hessian = await open();
    const once = await hessian.apply(vectors, k);
    await hessian.apply(
      vectors.map((value) => -value),
      k,
    );
    expect(await hessian.apply(vectors, k)).toEqual(once);
  });

  it('puts products into shared memory that it is given, with the bits of a new array', async () => {
    const hessian = await open({ microBatch: 12, vectorsPerPass: 2 });
    const fresh = await hessian.apply(vectors, k);
    const shared = sharedFloatArray('float64', k * n);
    shared.set(vectors);
    const into = sharedFloatArray('float64', k * n);
    expect(await hessian.apply(shared, k, into)).toBe(into);
    expect(into).toEqual(fresh);
    const small = sharedFloatArray('float64', n);
    expect(await hessian.apply(vectors, k, small)).toEqual(fresh);
    expect(await hessian.apply(vectors, k, new Float64Array(k * n))).toEqual(fresh);
  });

  it('does not depend on the micro-batch size, an unequal last one included', async () => {
    const whole = await open();
    const split = await open({ microBatch: 12, vectorsPerPass: 1 });
    expect(relativeError(await split.apply(vectors, k), await whole.apply(vectors, k))).toBeLessThan(1e-13);
    expect(relativeError(await split.gradient(), await whole.gradient())).toBeLessThan(1e-13);
    expect(await split.loss()).toBeCloseTo(await whole.loss(), 13);
  });

  it('moves to other parameters', async () => {
    const moved = await open();
    await moved.apply(vectors, k);
    const elsewhere = parameters.map((value) => value * 1.1);
    await moved.setParameters(elsewhere);
    const fresh = await createCurvature({
      engine: await engine,
      model,
      loss,
      parameters: elsewhere,
      inputs,
      targets,
    });
    expect(await moved.apply(vectors, k)).toEqual(await fresh.apply(vectors, k));
  });

  it('says which label is out of range', async () => {
    const wrong = Int32Array.from(targets);
    wrong[3] = 10;
    const made = createCurvature({ engine: await engine, model, loss, parameters, inputs, targets: wrong });
    await expect(made).rejects.toThrow('targets[3] is 10; expected 0…9.');
  });

  it('says how many inputs were expected', async () => {
    const made = createCurvature({
      engine: await engine,
      model,
      loss,
      parameters,
      inputs: inputs.subarray(1),
      targets,
    });
    await expect(made).rejects.toThrow('inputs: expected 32 examples × 784 = 25088 numbers, got 25087.');
  });

  it('says how many vectors were expected', async () => {
    await expect((await open()).apply(vectors, k + 1)).rejects.toThrow(`apply: expected 3 × ${n} numbers`);
  });
});
