import { createEngine, type Engine } from '@ritz/estimation';
import { ritzDecomposition } from '@ritz/spectra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cifarResnet } from '../architecture/resnet.ts';
import { halves, side } from '../testing/images.ts';
import type { SpectrumRecord } from './measureSpectrum.ts';
import { train } from './train.ts';
import type { StepRecord, TrainOptions, TrainResult } from './TrainOptions.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64' });
});
afterAll(() => engine.close());

const size = { width: 0.125, classes: 2, inputShape: [3, side, side] as const };

async function observe(changes: Partial<TrainOptions> = {}): Promise<{
  readonly result: TrainResult;
  readonly steps: readonly StepRecord[];
  readonly spectra: readonly SpectrumRecord[];
}> {
  const steps: StepRecord[] = [];
  const spectra: SpectrumRecord[] = [];
  const result = await train({
    engine,
    model: cifarResnet({ depth: 8, ...size }),
    data: halves(),
    schedule: { kind: 'constant', rate: 0.05 },
    optimiser: { kind: 'sgd', momentum: 0.9 },
    batchSize: 16,
    steps: 30,
    seed: 1,
    logEvery: 10,
    spectrumSteps: [],
    spectrumExamples: 32,
    spectrum: { lanczosSteps: 8, probes: 2, seed: 1 },
    onStep: (record) => Promise.resolve(void steps.push(record)),
    onSpectrum: (record) => Promise.resolve(void spectra.push(record)),
    ...changes,
  });
  return { result, steps, spectra };
}

describe('training with batch norm', () => {
  it('normalises by the batch, and keeps running averages that evaluation uses', async () => {
    const { result, steps, spectra } = await observe({ spectrumSteps: [30] });
    expect(result.final.trainLoss).toBeLessThan(0.5 * (steps[0]?.trainLoss ?? 0));
    expect(result.buffers.some((value) => value !== 0 && value !== 1)).toBe(true);
    expect(spectra[0]?.batchNorm).toBe('minibatch');
    expect(result.final.testAccuracy).toBeGreaterThan(0.9);
  });

  it('normalises by the statistics of all training examples on request', async () => {
    const { result, steps, spectra } = await observe({ normMode: 'population', steps: 10, spectrumSteps: [10] });
    expect(result.final.trainLoss).toBeLessThan(0.8 * (steps[0]?.trainLoss ?? 0));
    expect(spectra[0]?.batchNorm).toBe('population');
    const { result: other } = await observe({ steps: 10 });
    expect(result.parameters).not.toEqual(other.parameters);
    // The first convolution sees the images themselves: its statistics follow from the parameters alone.
    expect(result.buffers.every(Number.isFinite)).toBe(true);
    const { values } = ritzDecomposition(spectra[0]?.probes[0] ?? { alpha: [], beta: [] });
    expect(values.at(-1)).toBeGreaterThan(0);
  });

  it('does without where the net has none', async () => {
    const { result, spectra } = await observe({
      model: cifarResnet({ depth: 8, batchNorm: false, ...size }),
      steps: 10,
      spectrumSteps: [0],
    });
    expect(result.buffers.length).toBe(0);
    expect(spectra[0]?.batchNorm).toBe('none');
  });

  it('takes a spectrum over whole batches only', async () => {
    await expect(observe({ spectrumExamples: 40 })).rejects.toThrow(
      'spectrumExamples: expected a multiple of the batch size 16 (with batch norm a spectrum is taken over whole batches), got 40.',
    );
  });
});
