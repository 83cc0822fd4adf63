/** `ritz train`: trains the net of a config file and measures its spectra along the way. */
import path from 'node:path';
import { readConfig } from '@ritz/training';
import pc from 'picocolors';
import { openStore } from '@ritz/worker';
import { CliError } from '../terminal/cli-error.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { withOptionNames, type OptionNames } from '../terminal/option-names.ts';
import { trainRun } from '../training/train-run.ts';

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

/** What the libraries call the keys of a config. */
const configKeys: OptionNames = {
  spectrumExamples: 'spectra.examples',
  spectrumSteps: 'spectra.steps',
  'spectrum.lanczosSteps': 'spectra.lanczosSteps',
  'spectrum.probes': 'spectra.probes',
  'checkpoint.every': 'checkpointEvery',
  vectorsPerPass: 'spectra.vectorsPerPass',
  microBatch: 'batchSize',
  memory: 'free memory',
};

/** Throws a TrainingError for a config that cannot be used, an InterruptedError when it is stopped. */
export async function trainCommand(file: string, options: TrainCommandOptions): Promise<void> {
  const { set, url, token, send, spectra } = options;
  if (spectra === 'queue' && !send) {
    throw new CliError('--spectra queue asks the API for spectra: leave out --no-send, or measure them here.');
  }
  const config = await readConfig(file, set);
  const dataDirectory = path.resolve(process.env['RITZ_DATA'] ?? '.ritz');
  const target = send ? { url: url.replace(/\/+$/, ''), token } : null;
  const message = 'Interrupted. What was measured is stored: the same command goes on from its last checkpoint.';
  const store = spectra === 'queue' ? await openStore(process.env) : null;
  const run = await interruptible(message, (signal) =>
    withOptionNames(configKeys, () =>
      trainRun(config, { by: 'ritz train', dataDirectory, target, signal, ...(store && { store }) }),
    ),
  );
  if (run.divergence === null) {
    console.log(run.trained ? `${config.name}: finished.` : `${config.name}: all of it is there already.`);
  }
  console.log(pc.dim(`Run ${run.id}, records in ${path.relative('.', run.file)}`));
  if (store && run.notSent === null)
    console.log(`${run.left} spectra are left to workers (ritz worker); their store is ${store.place}.`);
  if (run.notSent !== null) {
    console.log(`Not everything reached ${url}: ${run.notSent}`);
    console.log(
      store
        ? 'The same command sends it later, and asks for the spectra.'
        : `Send it later: ritz push ${path.relative('.', run.file)}`,
    );
  }
  if (run.divergence !== null) throw run.divergence;
}
