import { createEngine, createCurvature, EstimationError, exactSpectrum, type Engine } from '@ritz/estimation';
import { ritzDecomposition } from '@ritz/spectra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mlp } from '../architecture/mlp.ts';
import { loadMnist } from '../data/mnist.ts';
import { TrainingError } from '../error/TrainingError.ts';
import { blobs, classes, features } from '../testing/blobs.ts';
import type { SpectrumRecord } from './measureSpectrum.ts';
import { train } from './train.ts';
import type { StepRecord, TrainOptions, TrainProgress, TrainResult } from './TrainOptions.ts';

let single: Engine;
let double: Engine;
beforeAll(async () => {
  single = await createEngine({ engine: 'onnx-cpu', precision: 'float32' });
  double = await createEngine({ engine: 'onnx-cpu', precision: 'float64' });
});
afterAll(async () => {
  await Promise.all([single.close(), double.close()]);
});

interface Observed {
  readonly result: TrainResult;
  readonly steps: readonly StepRecord[];
  readonly spectra: readonly SpectrumRecord[];
}

function options(changes: Partial<TrainOptions> = {}): TrainOptions {
  return {
    engine: single,
    model: mlp({ layers: [features, 6, classes], activation: 'tanh' }),
    data: blobs(),
    schedule: { kind: 'step', initial: 0.2, factor: 0.1, steps: [30] },
    optimiser: { kind: 'sgd', momentum: 0.9 },
    batchSize: 20,
    steps: 40,
    seed: 3,
    logEvery: 10,
    spectrumSteps: [0, 7, 40],
    spectrumExamples: 100,
    spectrum: { lanczosSteps: 20, probes: 3, seed: 5 },
    ...changes,
  };
}

async function observe(changes: Partial<TrainOptions> = {}): Promise<Observed> {
  const steps: StepRecord[] = [];
  const spectra: SpectrumRecord[] = [];
  const result = await train(
    options({
      onStep: (record) => Promise.resolve(void steps.push(record)),
      onSpectrum: (record) => Promise.resolve(void spectra.push(record)),
      ...changes,
    }),
  );
  return { result, steps, spectra };
}

function measured({ seconds: _, ...record }: SpectrumRecord): Omit<SpectrumRecord, 'seconds'> {
  return record;
}

describe('train', () => {
  it('learns', async () => {
    const { steps, result } = await observe();
    const [start] = steps;
    expect(result.final).toBe(steps.at(-1));
    expect(start?.trainLoss).toBeGreaterThan(0.8);
    expect(result.final.trainLoss).toBeLessThan(0.2);
    expect(result.final.testAccuracy).toBeGreaterThan(0.9);
    expect(result.final.trainAccuracy).toBeGreaterThan(0.9);
  });

  it('records a step every so often and wherever a spectrum is measured', async () => {
    const { steps, spectra } = await observe();
    expect(steps.map(({ number }) => number)).toEqual([0, 7, 10, 20, 30, 40]);
    expect(steps.map(({ epoch }) => epoch)).toEqual([0, 7, 10, 20, 30, 40].map((step) => step / 12));
    expect(steps.map(({ learningRate }) => learningRate.toFixed(4))).toEqual([
      ...new Array(4).fill('0.2000'),
      '0.0200',
      '0.0200',
    ]);
    expect(steps.map(({ gradientNorm }) => gradientNorm === null)).toEqual([true, ...new Array(5).fill(false)]);
    expect(spectra.map(({ step }) => step)).toEqual([0, 7, 40]);
  });

  it('gives the same numbers bit for bit for the same seed, spectra included', async () => {
    const [first, second, other] = [await observe(), await observe(), await observe({ seed: 4 })];
    expect(second.result.parameters).toEqual(first.result.parameters);
    expect(second.steps).toEqual(first.steps);
    expect(second.spectra.map(measured)).toEqual(first.spectra.map(measured));
    expect(other.spectra[0]?.probes[0]?.alpha).not.toEqual(first.spectra[0]?.probes[0]?.alpha);
  });

  it('takes spectra of all runs over the same examples', async () => {
    const [first, other] = [await observe(), await observe({ seed: 4, schedule: { kind: 'constant', rate: 0.01 } })];
    const prints = [...first.spectra, ...other.spectra].map(({ dataFingerprint }) => dataFingerprint);
    expect(new Set(prints).size).toBe(1);
    expect(prints[0]).toMatch(/^[0-9a-f]{64}$/);
    const [more] = (await observe({ spectrumExamples: 101, steps: 7, spectrumSteps: [7] })).spectra;
    expect(more?.dataFingerprint).not.toBe(prints[0]);
  });

  it('does not change the training by measuring it', async () => {
    const { result } = await observe({ spectrumSteps: [] });
    expect(result.parameters).toEqual((await observe()).result.parameters);
  });

  it('skips what is measured already', async () => {
    const all = await observe();
    const { spectra, steps } = await observe({ isMeasured: (step) => step !== 40 });
    expect(spectra.map(measured)).toEqual(all.spectra.slice(2).map(measured));
    expect(steps.length).toBe(6);
  });

  it('waits for its observers and tells how far it is', async () => {
    const events: string[] = [];
    const slowly = async (event: string): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      events.push(event);
    };
    await train(
      options({
        steps: 2,
        logEvery: 2,
        spectrumSteps: [0],
        spectrum: { lanczosSteps: 2, probes: 2, seed: 1 },
        onStep: ({ number }) => slowly(`record ${number}`),
        onSpectrum: ({ step }) => slowly(`spectrum ${step}`),
        onProgress: ({ step, lanczos }: TrainProgress) =>
          events.push(lanczos ? `lanczos ${lanczos.done}/${lanczos.total} at ${step}` : `step ${step}`),
      }),
    );
    expect(events).toEqual([
      'record 0',
      'lanczos 1/2 at 0',
      'lanczos 2/2 at 0',
      'spectrum 0',
      'step 0',
      'step 1',
      'record 2',
      'step 2',
    ]);
  });

  it.each(['training', 'measuring'])('stops when it is aborted while %s', async (when) => {
    const controller = new AbortController();
    const steps: number[] = [];
    const run = train(
      options({
        signal: controller.signal,
        onProgress: ({ step, lanczos }) => {
          steps.push(step);
          if (when === 'measuring' ? lanczos && step === 7 : step === 15)
            controller.abort(new Error('stopped by hand'));
        },
      }),
    );
    await expect(run).rejects.toThrow('stopped by hand');
    expect(Math.max(...steps)).toBe(when === 'measuring' ? 7 : 15);
  });

  it('says at which step the loss diverged', async () => {
    const run = train(options({ schedule: { kind: 'constant', rate: 1e200 }, spectrumSteps: [] }));
    await expect(run).rejects.toBeInstanceOf(TrainingError);
    await expect(run).rejects.toMatchObject({
      code: 'DIVERGED',
      message: expect.stringMatching(/at step \d+/) as string,
    });
  });

  it('reports what ended it, not that the engine could not be cleaned up', async () => {
    const engine = await createEngine({ engine: 'onnx-cpu', threads: 1 });
    const run = train(options({ engine, onStep: () => engine.close() }));
    await expect(run).rejects.toBeInstanceOf(EstimationError);
    await expect(run).rejects.toThrow('Engine onnx-cpu was closed.');
  });

  it.each<[string, Partial<TrainOptions>]>([
    ['steps: expected a whole number of at least 1, got 0', { steps: 0 }],
    ['batchSize: 241 is more than the 240 training examples', { batchSize: 241 }],
    ['logEvery: expected a whole number of at least 1, got 0.5', { logEvery: 0.5 }],
    ['spectrumExamples: 1000 is more than the 240 training examples', { spectrumExamples: 1000 }],
    ['testExamples: expected a whole number of at least 1, got 0', { testExamples: 0 }],
    ['spectrumSteps: 41 is not a step of this run (0 to 40)', { spectrumSteps: [0, 41] }],
    [
      'spectrum.lanczosSteps (m): expected a whole number of at least 1, got 0',
      { spectrum: { lanczosSteps: 0, probes: 1, seed: 1 } },
    ],
    [
      'spectrum.probes (k): expected a whole number of at least 1, got 0',
      { spectrum: { lanczosSteps: 1, probes: 0, seed: 1 } },
    ],
    ['momentum: expected a number from 0 to below 1, got 1', { optimiser: { kind: 'sgd', momentum: 1 } }],
    ['schedule.rate: expected a number greater than 0, got 0', { schedule: { kind: 'constant', rate: 0 } }],
    ['seed: expected a whole number from 0', { seed: -1 }],
    [
      'mlp-9-3-relu takes 9 numbers and tells 3 classes apart, but blobs-train has 8',
      { model: mlp({ layers: [9, 3] }) },
    ],
  ])('refuses: %s', async (message, changes) => {
    const run = train(options(changes));
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});

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
