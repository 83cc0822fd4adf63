/** `ritz data`: downloads and verifies the data sets that can be trained on. */
import path from 'node:path';
import { cifar10Directory, fetchCifar10, hasCifar10, loadMnist, mnistDirectory } from '@ritz/training';
import { CliError } from '../terminal/cliError.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { startProgress } from '../terminal/progress.ts';
import { renderTable } from '../terminal/table.ts';

interface KnownData {
  readonly about: string;
  readonly directory: string;
  /** Whether it is complete and unchanged; reads all of it. */
  verify(): Promise<boolean>;
  fetch(options: FetchCommandOptions, signal: AbortSignal): Promise<void>;
}

export interface FetchCommandOptions {
  /** A local copy of the official archive. */
  readonly archive?: string;
  /** Where it is downloaded from when there is no local copy. */
  readonly from: 'package' | 'archive';
}

function knownData(): ReadonlyMap<string, KnownData> {
  const cifar10 = cifar10Directory(path.resolve(process.env['RITZ_DATA'] ?? '.ritz'));
  return new Map<string, KnownData>([
    [
      'mnist',
      {
        about: '70,000 digits, 28 × 28; comes with Ritz',
        directory: mnistDirectory(),
        verify: async () => (await loadMnist()).train.labels.length === 60_000,
        fetch: () => Promise.resolve(),
      },
    ],
    [
      'cifar10',
      {
        about: '60,000 images, 32 × 32 × 3, ten classes',
        directory: cifar10,
        verify: () => hasCifar10(cifar10),
        fetch: async ({ archive, from }, signal) => {
          const progress = startProgress('CIFAR-10', 6);
          await fetchCifar10({
            directory: cifar10,
            from: archive === undefined ? from : { archiveFile: archive },
            signal,
            onWait: (holder) => process.stderr.write(`Waiting for ${holder}.\n`),
            onProgress: ({ file, done }) => progress.update(done, file),
          }).finally(() => progress.stop());
        },
      },
    ],
  ]);
}

function known(name: string): KnownData {
  const all = knownData();
  const data = all.get(name);
  if (data) return data;
  throw new CliError(`No data set is named "${name}". Known: ${[...all.keys()].join(', ')}.`);
}

export async function fetchData(name: string, options: FetchCommandOptions): Promise<void> {
  const data = known(name);
  const message = 'Interrupted. Complete files are kept: run the same command to fetch the rest.';
  await interruptible(message, (signal) => data.fetch(options, signal));
  console.log(`${name}: in ${data.directory}`);
}

export async function verifyData(name: string): Promise<void> {
  const data = known(name);
  if (!(await data.verify())) {
    throw new CliError(`${name} is not in ${data.directory}, or incomplete. Fetch it: ritz data fetch ${name}`);
  }
  console.log(`${name}: complete and unchanged in ${data.directory}`);
}

export async function listData(): Promise<void> {
  const rows: string[][] = [];
  for (const [name, data] of knownData()) {
    rows.push([name, data.about, (await data.verify()) ? 'here' : 'not fetched', data.directory]);
  }
  console.log(renderTable(['name', 'what', 'state', 'where'], rows));
}
