/** Everything that a training step changes, saved to a file so that a killed run resumes exactly where it stopped. */
import fs from 'node:fs/promises';
import { readSafetensors, writeSafetensors, type Tensor } from '../checkpoint/safetensors.ts';
import { TrainingError } from '../error/TrainingError.ts';
import type { MiniBatches } from '../data/MiniBatches.ts';
import type { Optimiser } from '../optimisation/Optimiser.ts';

export interface TrainingState {
  /** [n], changed in place, as the buffers are. */
  readonly parameters: Float64Array;
  readonly buffers: Float64Array;
  readonly optimiser: Optimiser;
  readonly batches: MiniBatches;
  /** Updates made. */
  step: number;
  /** Of the previous update; null at the start. */
  gradientNorm: number | null;
}

const optimiserPrefix = 'optimiser.';

function vector(data: Float64Array): Tensor {
  return { shape: [data.length], data };
}

/** The state of an optimiser under the names that it has in a file. */
export function optimiserTensors(optimiser: Optimiser): Record<string, Tensor> {
  const arrays = Object.entries(optimiser.state());
  return Object.fromEntries(arrays.map(([name, data]) => [optimiserPrefix + name, vector(data)] as const));
}

/**
 * Writes parameters, buffers, optimiser state and step. `settings` identifies the run: a resumed run must have
 * the same.
 */
export async function saveState(file: string, state: TrainingState, settings: string): Promise<void> {
  await writeSafetensors(file, {
    tensors: {
      parameters: vector(state.parameters),
      buffers: vector(state.buffers),
      ...optimiserTensors(state.optimiser),
    },
    metadata: { step: String(state.step), gradientNorm: String(state.gradientNorm), settings },
  });
}

/**
 * Restores an initial state from the file; false if there is no file. Throws a TrainingError:
 * CHECKPOINT_MISMATCH when the file is of a run with other settings, DATA_CORRUPT when it is damaged.
 */
export async function restoreState(file: string, state: TrainingState, settings: string): Promise<boolean> {
  const missing = await fs.access(file).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
  if (missing) return false;
  const { tensors, metadata } = await readSafetensors(file);
  if (metadata['settings'] !== settings) {
    throw mismatch(file, `it was written with ${metadata['settings'] ?? 'no settings'}, this run has ${settings}`);
  }
  const { parameters, buffers, ...others } = tensors;
  copy(file, 'parameters', parameters, state.parameters);
  copy(file, 'buffers', buffers, state.buffers);
  const remembered = Object.entries(others).map(
    ([name, { data }]) => [name.slice(optimiserPrefix.length), Float64Array.from(data)] as const,
  );
  state.optimiser.restore(Object.fromEntries(remembered));
  const { step, gradientNorm } = metadata;
  state.step = Number(step);
  state.gradientNorm = gradientNorm === 'null' ? null : Number(gradientNorm);
  state.batches.skip(state.step);
  return true;
}

function copy(file: string, name: string, from: Tensor | undefined, to: Float64Array): void {
  if (from?.data.length !== to.length) {
    throw mismatch(file, `it has ${from?.data.length ?? 'no'} ${name}, the model ${to.length}`);
  }
  to.set(from.data);
}

function mismatch(file: string, what: string): TrainingError {
  const advice = 'Delete it to start anew, or go on with the settings it was written with.';
  return new TrainingError('CHECKPOINT_MISMATCH', `${file} is of another run: ${what}. ${advice}`);
}
