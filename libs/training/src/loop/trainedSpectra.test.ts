import { createEngine, createCurvature, type Engine } from '@ritz/estimation';
import { exactSpectrum } from '@ritz/lanczos';
import { ritzDecomposition } from '@ritz/spectra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mlp } from '../architecture/mlp.ts';
import { loadMnist } from '../data/mnist.ts';
import { blobs, classes, features } from '../testing/blobs.ts';
import { blobTraining, observeTraining, type Observed } from '../testing/training.ts';
import type { SpectrumRecord } from './measureSpectrum.ts';
import type { TrainOptions } from './TrainOptions.ts';

let single: Engine;
let double: Engine;
beforeAll(async () => {
  single = await createEngine({ engine: 'onnx-cpu', precision: 'float32' });
  double = await createEngine({ engine: 'onnx-cpu', precision: 'float64' });
});
afterAll(async () => {
  await Promise.all([single.close(), double.close()]);
});

const observe = (changes: Partial<TrainOptions> = {}): Promise<Observed> =>
  observeTraining(blobTraining(single, changes));

describe('the spectrum of a run', () => {
  it('is the exact one: eigenvalues, overlaps and gradient energy, in float64', async () => {
    const model = mlp({ layers: [features, 6, classes], activation: 'tanh' });
    const n = 75;
    const { spectra, result } = await observe({
      engine: double,
      spectrumSteps: [40],
      spectrumExamples: 240,
      spectrum: { lanczosSteps: n, probes: 2, seed: 1, gradientEnergy: true },
    });
    const { train: data } = blobs();
    const hessian = await createCurvature({
      engine: double,
      model,
      loss: { kind: 'softmaxCrossEntropy' },
      parameters: result.parameters,
      inputs: data.inputs,
      targets: data.labels,
    });
    const gradient = await hessian.gradient();
    const exact = await exactSpectrum(hessian, { project: [gradient] });
    await hessian.release();
    const [record] = spectra;
    if (!record) throw new Error('one spectrum expected');

    const scale = exact.eigenvalues.at(-1) ?? 0;
    for (const probe of record.probes) {
      const { values } = ritzDecomposition(probe);
      expect(Math.abs((values.at(-1) ?? 0) - scale)).toBeLessThan(1e-11 * scale);
      expect(Math.abs((values[0] ?? 0) - (exact.eigenvalues[0] ?? 0))).toBeLessThan(1e-11 * scale);
    }
    const energies = (exact.projections[0] ?? new Float64Array()).map((product) => product ** 2).reverse();
    const total = energies.reduce((sum, energy) => sum + energy, 0);
    expect(record.gradientNorm ** 2).toBeCloseTo(total, 12);
    expect(record.gradientOverlap.map(({ k }) => k)).toEqual([1, 3, 6]);
    for (const { k, fraction } of record.gradientOverlap) {
      const share = energies.subarray(0, k).reduce((sum, energy) => sum + energy, 0) / total;
      expect(Math.abs(fraction - share)).toBeLessThan(1e-9);
    }
    if (!record.gradientEnergy) throw new Error('the gradient energy was asked for');
    const { values, weights } = ritzDecomposition(record.gradientEnergy);
    const mean = values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
    const exactMean = [...exact.eigenvalues]
      .reverse()
      .reduce((sum, value, i) => sum + (value * (energies[i] ?? 0)) / total, 0);
    expect(Math.abs(mean - exactMean)).toBeLessThan(1e-11 * scale);
    expect(weights.at(-1)).toBeCloseTo((energies[0] ?? 0) / total, 9);
  });

  it('says how it was measured', async () => {
    const [record] = (await observe({ steps: 7, spectrumSteps: [7] })).spectra;
    expect(record).toMatchObject({
      step: 7,
      operator: 'hessian',
      block: 'all',
      parameterCount: 75,
      lanczosSteps: 20,
      probeLaw: 'sphere',
      seed: 5,
      reorthogonalisation: 'full',
      engine: 'onnx-cpu',
      precision: 'float32',
      dataSize: 100,
      lossReduction: 'mean',
      weightDecayIncluded: false,
      batchNorm: 'none',
      gradientEnergy: null,
    });
    const steps = record?.probes.map(({ alpha, beta }) => [alpha.length, beta.length]);
    expect(steps).toEqual(new Array(3).fill([20, 20]));
    // Three probes of 20 steps, and at least one product for each of the 2C Ritz vectors.
    expect(record?.hvpCount).toBeGreaterThanOrEqual(66);
    expect(record?.hvpCount).toBeLessThanOrEqual(72);
    expect(record?.seconds).toBeGreaterThan(0);
  });

  it('is the same on TensorFlow.js up to the rounding of float32', async () => {
    const engine = await createEngine({ engine: 'tfjs-wasm' });
    const settings: Partial<TrainOptions> = { steps: 5, spectrumSteps: [5] };
    const [there] = (await observe({ ...settings, engine })).spectra;
    await engine.close();
    const [here] = (await observe(settings)).spectra;
    const largest = (record: SpectrumRecord | undefined): number =>
      record?.probes[0] ? (ritzDecomposition(record.probes[0]).values.at(-1) ?? 0) : 0;
    expect(there?.engine).toBe('tfjs-wasm');
    expect(largest(here)).toBeGreaterThan(0);
    expect(Math.abs(largest(there) / largest(here) - 1)).toBeLessThan(1e-5);
  });
});

describe('the paper’s validation net on MNIST', () => {
  it('learns, and has about as many outliers as classes less one', async () => {
    const { result, spectra } = await observe({
      model: mlp({ layers: [784, 20, 10] }),
      data: await loadMnist(),
      schedule: { kind: 'constant', rate: 0.1 },
      batchSize: 100,
      steps: 150,
      logEvery: 150,
      testExamples: 2000,
      spectrumSteps: [150],
      spectrumExamples: 1000,
      spectrum: { lanczosSteps: 60, probes: 2, seed: 1 },
    });
    expect(result.final.testAccuracy).toBeGreaterThan(0.85);
    const [record] = spectra;
    expect(record?.parameterCount).toBe(15_910);
    const fractions = record?.gradientOverlap.map(({ fraction }) => fraction) ?? [];
    expect(fractions.length).toBe(3);
    fractions.reduce((previous, fraction) => {
      expect(fraction).toBeGreaterThanOrEqual(previous);
      expect(fraction).toBeLessThanOrEqual(1);
      return fraction;
    }, 0);
    const { values, residuals } = ritzDecomposition(record?.probes[0] ?? { alpha: [], beta: [] });
    const top = [...values].reverse();
    for (let i = 0; i < 10; i++) expect(residuals?.at(-1 - i)).toBeLessThan(1e-4 * (top[0] ?? 0));
    expect(top[0]).toBeGreaterThan(5 * (top[20] ?? 0));
  });
});
