/** Declares the commands that read stored data through an API. Each implementation is loaded only when it is used. */
import { Option, type Command } from 'commander';
import { addApiOptions } from '../api/apiOptions.ts';
import { CliError } from '../terminal/cliError.ts';
import { parseCount } from '../terminal/count.ts';
import type { CompareOptions } from './compare.ts';
import type { ListRunsOptions } from './runs.ts';

function parseSigma(text: string): number {
  const sigma = Number(text);
  if (text.trim() !== '' && Number.isFinite(sigma) && sigma > 0) return sigma;
  throw new CliError(`--sigma (width of the kernel): expected a number greater than 0, got "${text}".`);
}

function parsePositions(text: string): number[] {
  const positions = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (positions.every((position) => Number.isFinite(position) && position >= 0)) return positions;
  throw new CliError(`--at: expected numbers of at least 0, such as 0,100,2000, got "${text}".`);
}

/** Adds `runs list` and `compare` to the program. */
export function addReadingCommands(ritz: Command): void {
  const runs = ritz.command('runs').description('list stored runs');
  const limit = { flag: '--limit', meaning: 'maximum number of runs', most: 10_000 };
  addApiOptions(runs.command('list'))
    .description('list stored runs, newest first')
    .option('--search <words>', 'search words in the name, architecture, data set, notes or tags')
    .option('--project <name>', 'only runs of this project')
    .addOption(new Option('--status <status>').choices(['running', 'finished', 'failed', 'interrupted']))
    .addOption(
      new Option('--limit <n>', limit.meaning).default(50).argParser((text: string) => parseCount(text, limit)),
    )
    .option('--json', 'print JSON')
    .action(async (options: ListRunsOptions) => (await import('./runs.ts')).listRuns(options));

  const points = { flag: '--points', meaning: 'number of grid points of the densities', most: 4096 };
  addApiOptions(ritz.command('compare'))
    .description('compare the spectra of runs: outliers, distances, differences; --json adds the densities')
    .argument('<runs...>', 'ids or names shown by `ritz runs list`')
    .addOption(
      new Option('--align <unit>', 'how runs are aligned; phase: by the phases of the learning-rate schedule')
        .choices(['step', 'epoch', 'loss', 'phase'])
        .default('step'),
    )
    .addOption(
      new Option(
        '--at <positions>',
        'positions, such as 0,100,2000 (default: the last one that all runs reached)',
      ).argParser(parsePositions),
    )
    .addOption(new Option('--sigma <width>', 'kernel width (default: chosen from the spectra)').argParser(parseSigma))
    .addOption(
      new Option('--points <n>', points.meaning).default(256).argParser((text: string) => parseCount(text, points)),
    )
    .option('--json', 'print JSON')
    .action(async (wanted: string[], options: CompareOptions) =>
      (await import('./compare.ts')).compare(wanted, options),
    );
}
