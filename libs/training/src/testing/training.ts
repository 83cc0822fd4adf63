/** Short trainings and the calls of their callbacks. */
import type { Engine } from '@ritz/estimation';
import { mlp } from '../architecture/mlp.ts';
import type { SpectrumRecord } from '../loop/measureSpectrum.ts';
import { train } from '../loop/train.ts';
import type { StepRecord, TrainOptions, TrainResult } from '../loop/TrainOptions.ts';
import { blobs, classes, features } from './blobs.ts';

export interface Observed {
  readonly result: TrainResult;
  readonly steps: readonly StepRecord[];
  readonly spectra: readonly SpectrumRecord[];
}

/** A net of 75 parameters on the clouds of `blobs`, with spectra at three steps. */
export function blobTraining(engine: Engine, changes: Partial<TrainOptions> = {}): TrainOptions {
  return {
    engine,
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

export async function observeTraining(options: TrainOptions): Promise<Observed> {
  const steps: StepRecord[] = [];
  const spectra: SpectrumRecord[] = [];
  const result = await train({
    onStep: (record) => Promise.resolve(void steps.push(record)),
    onSpectrum: (record) => Promise.resolve(void spectra.push(record)),
    ...options,
  });
  return { result, steps, spectra };
}
