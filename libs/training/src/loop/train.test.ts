import { createEngine, EstimationError, type Engine } from '@ritz/estimation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mlp } from '../architecture/mlp.ts';
import { TrainingError } from '../error/TrainingError.ts';
import { blobs, classes, features } from '../testing/blobs.ts';
import { blobTraining, observeTraining, type Observed } from '../testing/training.ts';
import type { SpectrumRecord } from './measureSpectrum.ts';
import { train } from './train.ts';
import type { TrainOptions, TrainProgress } from './TrainOptions.ts';

let single: Engine;
beforeAll(async () => {
  single = await createEngine({ engine: 'onnx-cpu', precision: 'float32' });
});
afterAll(() => single.close());

const options = (changes: Partial<TrainOptions> = {}): TrainOptions => blobTraining(single, changes);
const observe = (changes: Partial<TrainOptions> = {}): Promise<Observed> => observeTraining(options(changes));

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
      message: expect.stringMatching(/at step [1-9]\d*: lower the learning rate \(1e\+200\)/) as string,
    });
    const { train: set, test } = blobs();
    const large = { ...set, inputs: set.inputs.map((value) => 1e38 * value) };
    const model = mlp({ layers: [features, 6, classes] });
    await expect(train(options({ model, data: { train: large, test } }))).rejects.toThrow(
      'at step 0: the inputs are too large',
    );
  });

  it('reports what ended it, not that the engine could not be cleaned up', async () => {
    const engine = await createEngine({ engine: 'onnx-cpu', threads: 1 });
    const run = train(options({ engine, onStep: () => engine.close() }));
    await expect(run).rejects.toBeInstanceOf(EstimationError);
    await expect(run).rejects.toThrow('Engine onnx-cpu was closed.');
  });

  it.each<[string, Partial<TrainOptions>]>([
    ['steps: expected an integer of at least 1, got 0', { steps: 0 }],
    ['batchSize: 241 is more than the 240 training examples', { batchSize: 241 }],
    ['logEvery: expected an integer of at least 1, got 0.5', { logEvery: 0.5 }],
    ['spectrumExamples: 1000 is more than the 240 training examples', { spectrumExamples: 1000 }],
    ['testExamples: expected an integer of at least 1, got 0', { testExamples: 0 }],
    ['spectrumSteps: 41 is not a step of this run (0 to 40)', { spectrumSteps: [0, 41] }],
    [
      'spectrum.lanczosSteps (m): expected an integer of at least 1, got 0',
      { spectrum: { lanczosSteps: 0, probes: 1, seed: 1 } },
    ],
    [
      'spectrum.probes (k): expected an integer of at least 1, got 0',
      { spectrum: { lanczosSteps: 1, probes: 0, seed: 1 } },
    ],
    ['momentum: expected a number from 0 to below 1, got 1', { optimiser: { kind: 'sgd', momentum: 1 } }],
    ['schedule.rate: expected a number greater than 0, got 0', { schedule: { kind: 'constant', rate: 0 } }],
    ['seed: expected an integer from 0', { seed: -1 }],
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
