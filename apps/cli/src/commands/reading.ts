/** The commands that read what is stored through an API: how each is typed. What each does is loaded only when it is used. */
import { Option, type Command } from 'commander';
import { addApiOptions } from '../api/apiAddress.ts';
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
  throw new CliError(`--at: expected numbers that are not negative, such as 0,100,2000, got "${text}".`);
}

/** Adds `runs list` and `compare` to the program. */
export function addReadingCommands(ritz: Command): void {
  const runs = ritz.command('runs').description('list stored runs');
  const limit = { flag: '--limit', meaning: 'maximum number of runs', most: 10_000 };
  addApiOptions(runs.command('list'))
    .description('list the stored runs, the newest first')
    .option('--search <words>', 'words in the name, architecture, data set, notes or tags')
    .option('--project <name>', 'of this project')
    .addOption(new Option('--status <status>').choices(['running', 'finished', 'failed', 'interrupted']))
    .addOption(
      new Option('--limit <n>', limit.meaning).default(50).argParser((text: string) => parseCount(text, limit)),
    )
    .option('--json', 'print JSON')
    .action(async (options: ListRunsOptions) => (await import('./runs.ts')).listRuns(options));

  const points = { flag: '--points', meaning: 'points of the grid of the densities', most: 4096 };
  addApiOptions(ritz.command('compare'))
    .description('compare the spectra of runs: outliers, distances, what differs; with --json the densities too')
    .argument('<runs...>', 'ids or names, as `ritz runs list` shows them')
    .addOption(
      new Option('--align <unit>', 'what counts as the same moment; phase: of the learning-rate schedule')
        .choices(['step', 'epoch', 'loss', 'phase'])
        .default('step'),
    )
    .addOption(
      new Option('--at <positions>', 'moments, such as 0,100,2000 (default: the last that all have)').argParser(
        parsePositions,
      ),
    )
    .addOption(
      new Option('--sigma <width>', 'width of the kernel (default: chosen from the spectra)').argParser(parseSigma),
    )
    .addOption(
      new Option('--points <n>', points.meaning).default(256).argParser((text: string) => parseCount(text, points)),
    )
    .option('--json', 'print JSON')
    .action(async (wanted: string[], options: CompareOptions) =>
      (await import('./compare.ts')).compare(wanted, options),
    );
}
