import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEngine, type Engine } from '@ritz/estimation';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mlp } from '../architecture/mlp.ts';
import { cifarResnet } from '../architecture/resnet.ts';
import { blobs, classes, features } from '../testing/blobs.ts';
import { halves, side } from '../testing/images.ts';
import { train } from './train.ts';
import type { StepRecord, TrainOptions, TrainResult } from './TrainOptions.ts';

let engine: Engine;
let directory: string;
let file: string;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu' });
});
afterAll(() => engine.close());
beforeEach(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-resume-'));
  file = path.join(directory, 'state.safetensors');
});
afterEach(() => fs.rm(directory, { recursive: true, force: true }));

const common = {
  batchSize: 16,
  steps: 24,
  seed: 3,
  logEvery: 8,
  spectrumSteps: [12],
  spectrumExamples: 32,
  spectrum: { lanczosSteps: 4, probes: 2, seed: 5 },
  schedule: { kind: 'cosine', initial: 0.1, totalSteps: 24 },
} as const;

const optimisers: readonly TrainOptions['optimiser'][] = [
  { kind: 'adam' },
  { kind: 'adamw' },
  { kind: 'sgd', momentum: 0.9, nesterov: true },
  { kind: 'rmsprop', momentum: 0.5 },
  { kind: 'adagrad' },
  { kind: 'sam', rho: 0.1, momentum: 0.9 },
];

const nets = optimisers.map((optimiser): [string, () => Omit<TrainOptions, 'engine'>] => [
  `an MLP with ${optimiser.kind}`,
  () => ({ ...common, model: mlp({ layers: [features, 6, classes] }), data: blobs(), optimiser }),
]);

const runs: Record<string, () => Omit<TrainOptions, 'engine'>> = {
  ...Object.fromEntries(nets),
  'a ResNet with batch norm, momentum, weight decay and augmentation': () => ({
    ...common,
    model: cifarResnet({ depth: 8, width: 0.125, classes: 2, inputShape: [3, side, side] }),
    data: halves(),
    optimiser: { kind: 'sgd', momentum: 0.9, weightDecay: 1e-3 },
    augment: true,
  }),
};

interface Observed {
  readonly result: TrainResult | undefined;
  readonly steps: StepRecord[];
  readonly spectra: number[];
}

/** Runs until the end, or until the given step, where it is stopped as by a kill: nothing is saved then. */
async function observe(options: Omit<TrainOptions, 'engine'>, stopAt?: number): Promise<Observed> {
  const observed: Observed = { result: undefined, steps: [], spectra: [] };
  const controller = new AbortController();
  const result = await train({
    ...options,
    engine,
    signal: controller.signal,
    onStep: (record) => Promise.resolve(void observed.steps.push(record)),
    onSpectrum: ({ step }) => Promise.resolve(void observed.spectra.push(step)),
    onProgress: ({ step, lanczos }) => {
      if (step === stopAt && !lanczos) controller.abort(new Error('stopped by hand'));
    },
  }).catch((error: unknown) => {
    if (error instanceof Error && error.message === 'stopped by hand') return undefined;
    throw error;
  });
  return { ...observed, result };
}

describe.each(Object.entries(runs))('%s', (_, make) => {
  it('goes on from its checkpoint with the same numbers bit for bit', async () => {
    const whole = await observe(make());
    const checkpoint = { file, every: 5 };
    const first = await observe({ ...make(), checkpoint }, 18);
    expect(first.result).toBeUndefined();
    const second = await observe({ ...make(), checkpoint });
    expect(second.result).toEqual(whole.result);
    expect(second.steps).toEqual(whole.steps.filter(({ number }) => number >= 15));
    expect([...first.spectra, ...second.spectra]).toEqual([12]);
  });
});

describe('a spectrum that was stopped', () => {
  const make = runs['an MLP with adam'];
  if (!make) throw new Error('the run is defined above');
  const options = (): Omit<TrainOptions, 'engine'> => ({
    ...make(),
    spectrum: { lanczosSteps: 30, probes: 2, seed: 5 },
    checkpoint: { file, every: 100 },
  });

  /** Stops at a Lanczos step. @returns the steps that it was told of, and the spectrum where there is one. */
  async function measure(stopAt?: number): Promise<{ told: number[]; spectrum: unknown }> {
    const told: number[] = [];
    const spectra: unknown[] = [];
    const controller = new AbortController();
    await train({
      ...options(),
      engine,
      signal: controller.signal,
      onSpectrum: ({ seconds: _, ...record }) => Promise.resolve(void spectra.push(record)),
      onProgress: ({ lanczos }) => {
        if (!lanczos) return;
        told.push(lanczos.done);
        if (lanczos.done === stopAt) controller.abort(new Error('stopped by hand'));
      },
    }).catch((error: unknown) => {
      if (!controller.signal.aborted) throw error;
    });
    return { told, spectrum: spectra[0] };
  }

  it('goes on from what was saved of it, and is the same bit for bit', async () => {
    const whole = await measure();
    await fs.rm(file);
    expect((await measure(25)).spectrum).toBeUndefined();
    expect((await fs.readdir(directory)).sort()).toEqual(['state.safetensors', 'state.safetensors.lanczos']);
    const resumed = await measure();
    expect(resumed.told[0]).toBeGreaterThan(20);
    expect(resumed.spectrum).toEqual(whole.spectrum);
    expect(await fs.readdir(directory)).toEqual(['state.safetensors']);
  });

  it('of other parameters is begun anew', async () => {
    const whole = await measure();
    await fs.rm(file);
    await measure(25);
    const journal = await fs.readFile(`${file}.lanczos`);
    await fs.writeFile(`${file}.lanczos`, journal.subarray(16));
    expect((await measure()).spectrum).toEqual(whole.spectrum);
  });
});

describe('a checkpoint', () => {
  const make = runs['an MLP with adam'];
  if (!make) throw new Error('the run is defined above');

  it('of another run is refused, with what differs', async () => {
    await observe({ ...make(), checkpoint: { file, every: 5 } }, 10);
    const other = observe({ ...make(), seed: 4, checkpoint: { file, every: 5 } });
    await expect(other).rejects.toMatchObject({ code: 'CHECKPOINT_MISMATCH' });
    await expect(other).rejects.toThrow(/"seed":3.*this run has .*"seed":4/s);
  });

  it('that is damaged is refused', async () => {
    await observe({ ...make(), checkpoint: { file, every: 5 } }, 10);
    const content = await fs.readFile(file);
    await fs.writeFile(file, content.subarray(0, content.length / 2));
    await expect(observe({ ...make(), checkpoint: { file, every: 5 } })).rejects.toMatchObject({
      code: 'DATA_CORRUPT',
    });
  });

  it('needs a number of steps between two saves', async () => {
    await expect(observe({ ...make(), checkpoint: { file, every: 0 } })).rejects.toThrow(
      'checkpoint.every: expected an integer of at least 1, got 0.',
    );
  });
});
