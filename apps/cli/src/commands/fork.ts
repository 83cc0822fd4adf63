/** `ritz fork`: a run that goes off from a step of another one, with some of its settings changed. */
import path from 'node:path';
import { forkConfig } from '@ritz/training';
import { CliError } from '../terminal/cliError.ts';
import { findTrained, storedConfig } from '../training/storedConfig.ts';
import { trainConfig, type TrainCommandOptions } from './train.ts';

/** `run@step`. Throws a CliError for a run that was not trained here, a TrainingError for a step or settings that it cannot have. */
export async function fork(place: string, options: TrainCommandOptions): Promise<void> {
  const [, wanted, step] = /^(.+)@(\d+)$/s.exec(place) ?? [];
  if (wanted === undefined || step === undefined) {
    throw new CliError(`run@step: expected a run and a step, such as "my run@400", got "${place}".`);
  }
  const dataDirectory = path.resolve(process.env['RITZ_DATA'] ?? '.ritz');
  const parent = await storedConfig(dataDirectory, await findTrained(dataDirectory, wanted));
  await trainConfig(forkConfig(parent, Number(step), options.set), options);
}
