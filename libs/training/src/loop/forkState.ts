/** The state that a fork goes off from. */
import fs from 'node:fs/promises';
import { readSafetensors, writeSafetensors } from '../checkpoint/safetensors.ts';
import { createOptimiser } from '../optimisation/optimisers.ts';
import { settingsOf } from './runSettings.ts';
import { train } from './train.ts';
import { optimiserTensors } from './TrainingState.ts';
import type { TrainOptions } from './TrainOptions.ts';

/** The step of a saved state; null where there is no file. Throws a TrainingError (DATA_CORRUPT). */
export async function savedStep(file: string): Promise<number | null> {
  const missing = await fs.access(file).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
  return missing ? null : Number((await readSafetensors(file)).metadata['step']);
}

/**
 * Trains a run up to a step, from the state in `file` or from the start, and leaves the state at that step there: the same numbers as
 * in the run itself. Nothing is measured. Throws what `train` throws.
 */
export async function trainTo(step: number, file: string, options: TrainOptions): Promise<void> {
  if (step === ((await savedStep(file)) ?? 0)) return;
  const { spectra: _spectra, sharpness: _sharpness, onStep: _onStep, onSpectrum: _onSpectrum, ...training } = options;
  await train({ ...training, steps: step, logEvery: step, spectrumSteps: [], checkpoint: { file, every: step } });
}

/**
 * Makes the saved state one of a run with these options: parameters, buffers and step are kept, and the state of the optimiser too
 * where the new one has the same arrays; else it starts anew.
 */
export async function adoptState(file: string, options: TrainOptions): Promise<void> {
  const { tensors, metadata } = await readSafetensors(file);
  const { parameters, buffers, ...kept } = tensors;
  if (!parameters || !buffers) throw new RangeError('a saved state has parameters and buffers');
  const fresh = optimiserTensors(createOptimiser(options.optimiser, parameters.data.length));
  const names = (record: object): string => Object.keys(record).sort().join();
  const optimiser = names(fresh) === names(kept) ? kept : fresh;
  await writeSafetensors(file, {
    tensors: { parameters, buffers, ...optimiser },
    metadata: { ...metadata, settings: settingsOf(options) },
  });
}
