/** The commands that move data in and out and say who may: how each is typed. What each does is loaded only when it is used. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { addApiOptions } from '../api/apiAddress.ts';
import { parseDuration } from '../backup/duration.ts';
import { parseCount } from '../terminal/count.ts';
import type { BackupOptions } from './backup.ts';
import type { ImportOptions } from './import.ts';
import type { PushCommandOptions } from './push.ts';
import type { RestoreOptions } from './restore.ts';
import type { CreateTokenOptions } from './token.ts';

function whole(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is expected.');
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('a number that is not negative is expected.');
}

/** Adds `push`, `import`, `backup`, `restore` and `token` to the program. */
export function addPlatformCommands(ritz: Command): void {
  addApiOptions(ritz.command('push'))
    .description('send a file of records (JSON lines) to an API; resumes where it stopped')
    .argument('<file>', 'records, one JSON object per line')
    .action(async (file: string, options: PushCommandOptions) => (await import('./push.ts')).push(file, options));
  addImport(ritz);
  ritz
    .command('backup')
    .description('write everything that is stored to a file of JSON lines')
    .argument('<file>', 'compressed when its name ends in .gz')
    .option('--every <time>', 'write a file into the folder <file> that often, until Ctrl-C: 30m, 12h, 1d', (text) =>
      parseDuration(text, '--every'),
    )
    .addOption(
      new Option('--keep <n>', 'with --every, backups that are kept')
        .default(7)
        .argParser((text) => parseCount(text, { flag: '--keep', meaning: 'backups that are kept', most: 10_000 })),
    )
    .action(async (file: string, options: BackupOptions) => (await import('./backup.ts')).backup(file, options));
  ritz
    .command('restore')
    .description('restore a backup; existing data is left unchanged')
    .argument('<file>', 'as `ritz backup` wrote it')
    .option('--drill', 'restore into a temporary database, as a test')
    .action(async (file: string, options: RestoreOptions) => (await import('./restore.ts')).restore(file, options));
  addToken(ritz);
}

function addImport(ritz: Command): void {
  ritz
    .command('import')
    .description(
      'store spectra of google/spectral-density, curvlinops, PyHessian or another tool (.npy, .npz, .json) as a run',
    )
    .argument('<files...>', 'start vectors of one spectrum, or with --steps one spectrum each')
    .requiredOption('--name <name>', 'name of the run')
    .requiredOption('--architecture <name>', 'the network, such as resnet-32')
    .requiredOption('--dataset <name>', 'the training data, such as cifar-10')
    .requiredOption('--optimiser <settings>', 'optimiser with its settings, such as "sgd(momentum=0.9)"')
    .requiredOption('--learning-rate <rate>', 'its learning rate', positive)
    .requiredOption('--parameters <n>', 'number of parameters, the dimension of the Hessian', whole)
    .requiredOption('--data-size <n>', 'examples that the loss was taken over', whole)
    .option('--steps <numbers>', 'training step of each file, such as 0,100,200', (text) => text.split(',').map(whole))
    .option('--seed <seed>', 'seed of the start vectors', whole, 0)
    .option('--project <name>', 'its project', 'default')
    .option('--experiment <name>', 'its experiment', 'default')
    .option('--output <file>', 'write records for `ritz push` instead of storing them')
    .action(async (files: string[], options: ImportOptions) =>
      (await import('./import.ts')).importFiles(files, options),
    );
}

function addToken(ritz: Command): void {
  const token = ritz.command('token').description('manage API access tokens');
  token
    .command('create')
    .description('create a token and print its secret once')
    .requiredOption('--name <name>', 'what it is for: a person, a machine')
    .addOption(
      new Option('--scope <scope>', 'read: see; write: also record; admin: also delete and make tokens')
        .choices(['read', 'write', 'admin'])
        .makeOptionMandatory(),
    )
    .option('--project <name>', 'the one project it is for (default: every project)')
    .action(async (options: CreateTokenOptions) => (await import('./token.ts')).createToken(options));
  token
    .command('list')
    .description('list tokens, without their secrets')
    .action(async () => (await import('./token.ts')).listTokens());
  token
    .command('revoke')
    .description('revoke a token')
    .argument('<id>', 'as `ritz token list` shows it')
    .action(async (id: string) => (await import('./token.ts')).revokeToken(id));
}
