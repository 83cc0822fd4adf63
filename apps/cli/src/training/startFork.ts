/** Where a fork starts: the state of its parent at the step that both share. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '@ritz/estimation';
import {
  adoptState,
  runIdOf,
  savedStep,
  trainOptions,
  trainTo,
  type Config,
  type SplitDataSet,
  type TrainOptions,
} from '@ritz/training';
import { runsFolder, storedConfig } from './storedConfig.ts';

export interface ForkContext {
  readonly dataDirectory: string;
  readonly data: SplitDataSet;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly onProgress?: TrainOptions['onProgress'];
}

/**
 * Leaves the state that the fork begins with in `checkpoint`, unless one is there. It is taken from the parent's checkpoint where that is
 * not later; else the parent is trained again up to the step, with the same numbers. Throws a CliError for a parent that was not trained
 * here, and what training throws.
 */
export async function startFork(
  config: Config,
  options: TrainOptions,
  checkpoint: string,
  context: ForkContext,
): Promise<void> {
  const { fork } = config;
  if (!fork || (await savedStep(checkpoint)) !== null) return;
  const file = `${checkpoint}.parent`;
  try {
    await stateAt(await storedConfig(context.dataDirectory, fork.run), fork.step, file, context);
    if ((await savedStep(file)) === null) return;
    await adoptState(file, options);
    await fs.rename(file, checkpoint);
  } finally {
    await fs.rm(file, { force: true });
  }
}

/** Leaves the state of a run at a step in `file`; of step 0 there may be none. */
async function stateAt(config: Config, step: number, file: string, context: ForkContext): Promise<void> {
  const { dataDirectory, data, engine, signal, onProgress } = context;
  const own = path.join(runsFolder(dataDirectory), `${runIdOf(config)}.safetensors`);
  const saved = await savedStep(own);
  const base = trainOptions(config, data, engine);
  if (saved !== null && saved <= step) await fs.copyFile(own, file);
  else if (config.fork) {
    await stateAt(await storedConfig(dataDirectory, config.fork.run), config.fork.step, file, context);
    if ((await savedStep(file)) !== null) await adoptState(file, base);
  }
  await trainTo(step, file, { ...base, signal, ...(onProgress && { onProgress }) });
}
