/** `ritz train`: trains the net of a config file and measures its spectra along the way. */
import path from 'node:path';
import { forksOf, readConfig, type Config } from '@ritz/training';
import { openStore } from '@ritz/worker';
import pc from 'picocolors';
import { countOf } from '../terminal/count.ts';
import { CliError } from '../terminal/cliError.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { withOptionNames, type OptionNames } from '../terminal/optionNames.ts';
import { trainRun } from '../training/trainRun.ts';

export interface TrainCommandOptions {
  /** path.to.key=value, on top of the file. */
  readonly set: readonly string[];
  readonly url: string;
  readonly token?: string;
  /** false: send nothing. */
  readonly send: boolean;
  /** Who measures spectra: this process, or workers. */
  readonly spectra: 'here' | 'queue';
}

/** Config keys by the names that the libraries use. */
const configKeys: OptionNames = {
  spectrumExamples: 'spectra.examples',
  spectrumSteps: 'spectra.steps',
  'spectrum.lanczosSteps': 'spectra.lanczosSteps',
  'spectrum.probes': 'spectra.probes',
  'checkpoint.every': 'checkpointEvery',
  vectorsPerPass: 'spectra.vectorsPerPass',
  blocks: 'spectra.blocks',
  microBatch: 'batchSize',
  memory: 'free memory',
};

/** Trains a run, then its forks. Throws a TrainingError for an invalid config, an InterruptedError when it is stopped. */
export async function trainCommand(file: string, options: TrainCommandOptions): Promise<void> {
  const config = await readConfig(file, options.set);
  const forks = forksOf(config);
  await trainConfig(config, options);
  for (const fork of forks) await trainConfig(fork, options);
}

/** Trains one run and says where its records are. Throws as trainCommand does, and the divergence of a run that diverged. */
export async function trainConfig(config: Config, options: TrainCommandOptions): Promise<void> {
  const { url, token, send, spectra } = options;
  if (spectra === 'queue' && !send) {
    throw new CliError('--spectra queue: requires the API. Leave out --no-send, or use --spectra here.');
  }
  const dataDirectory = path.resolve(process.env['RITZ_DATA'] ?? '.ritz');
  const target = send ? { url: url.replace(/\/+$/, ''), token } : null;
  const message =
    'Interrupted. Everything measured so far is stored: run the same command to resume from the last checkpoint.';
  const store = spectra === 'queue' ? await openStore(process.env) : null;
  const run = await interruptible(message, (signal) =>
    withOptionNames(configKeys, () =>
      trainRun(config, { by: 'ritz train', dataDirectory, target, signal, ...(store && { store }) }),
    ),
  );
  if (run.divergence === null) {
    console.log(run.trained ? `${config.name}: finished.` : `${config.name}: already complete.`);
  }
  console.log(pc.dim(`Run ${run.id}, records in ${path.relative('.', run.file)}`));
  if (store && run.notSent === null)
    console.log(
      `${countOf(run.queued, 'spectrum', 'spectra')} queued for workers (ritz worker); their store is ${store.place}.`,
    );
  if (run.notSent !== null) {
    console.log(`Some records could not be sent to ${url}: ${run.notSent}`);
    console.log(
      store
        ? 'Run the same command later to send them and to request the spectra.'
        : `Send them later: ritz push ${path.relative('.', run.file)}`,
    );
  }
  if (run.divergence !== null) throw run.divergence;
}
