/** Declares the commands for data transfer and access. Each implementation is loaded only when it is used. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { addApiOptions } from '../api/apiOptions.ts';
import { parseDuration } from '../backup/duration.ts';
import { parseCount } from '../terminal/count.ts';
import type { BackupOptions } from './backup.ts';
import type { ImportOptions } from './import.ts';
import type { PushCommandOptions } from './push.ts';
import type { RestoreOptions } from './restore.ts';
import type { CreateTokenOptions } from './token.ts';

function whole(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected an integer.');
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('Expected a number of at least 0.');
}

/** Adds `push`, `import`, `backup`, `restore` and `token` to the program. */
export function addPlatformCommands(ritz: Command): void {
  addApiOptions(ritz.command('push'))
    .description('send a file of records (JSON lines) to an API; resumes an interrupted push')
    .argument('<file>', 'records, one JSON object per line')
    .action(async (file: string, options: PushCommandOptions) => (await import('./push.ts')).push(file, options));
  addImport(ritz);
  ritz
    .command('backup')
    .description('write all stored data to a file of JSON lines')
    .argument('<file>', 'compressed if its name ends in .gz')
    .option(
      '--every <time>',
      'write backups into the folder <file> at this interval (30m, 12h, 1d) until Ctrl-C',
      (text) => parseDuration(text, '--every'),
    )
    .addOption(
      new Option('--keep <n>', 'number of backups to keep with --every')
        .default(7)
        .argParser((text) => parseCount(text, { flag: '--keep', meaning: 'backups that are kept', most: 10_000 })),
    )
    .action(async (file: string, options: BackupOptions) => (await import('./backup.ts')).backup(file, options));
  ritz
    .command('restore')
    .description('restore a backup; existing data is left unchanged')
    .argument('<file>', 'backup written by `ritz backup`')
    .option('--drill', 'restore into a temporary database, as a test')
    .action(async (file: string, options: RestoreOptions) => (await import('./restore.ts')).restore(file, options));
  addToken(ritz);
}

function addImport(ritz: Command): void {
  ritz
    .command('import')
    .description(
      'import spectra of google/spectral-density, curvlinops, PyHessian or another tool (.npy, .npz, .json) as a run',
    )
    .argument('<files...>', 'start vectors of one spectrum, or with --steps one spectrum each')
    .requiredOption('--name <name>', 'name of the run')
    .requiredOption('--architecture <name>', 'the network, such as resnet-32')
    .requiredOption('--dataset <name>', 'the training data, such as cifar-10')
    .requiredOption('--optimiser <settings>', 'optimiser with its settings, such as "sgd(momentum=0.9)"')
    .requiredOption('--learning-rate <rate>', 'learning rate', positive)
    .requiredOption('--parameters <n>', 'number of parameters, the dimension of the Hessian', whole)
    .requiredOption('--data-size <n>', 'number of examples in the loss', whole)
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
    .requiredOption('--name <name>', 'name of the token, such as its user or machine')
    .addOption(
      new Option('--scope <scope>', 'read; write: also record; admin: also delete runs and create tokens')
        .choices(['read', 'write', 'admin'])
        .makeOptionMandatory(),
    )
    .option('--project <name>', 'restrict the token to this project (default: all projects)')
    .action(async (options: CreateTokenOptions) => (await import('./token.ts')).createToken(options));
  token
    .command('list')
    .description('list tokens, without their secrets')
    .action(async () => (await import('./token.ts')).listTokens());
  token
    .command('revoke')
    .description('revoke a token')
    .argument('<id>', 'id shown by `ritz token list`')
    .action(async (id: string) => (await import('./token.ts')).revokeToken(id));
}
