/** Data directories that tests leave no trace of: neither files nor servers. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { findPostmaster, waitUntilGone } from '../embedded/postmaster.ts';

/** A directory that does not exist yet, below one that every user can enter. */
export async function temporaryDataDirectory(): Promise<string> {
  const parent = await mkdtemp(path.join(tmpdir(), 'ritz-embedded-'));
  await chmod(parent, 0o755);
  const directory = path.join(parent, 'data');
  onTestFinished(async () => {
    const running = await serverOf(directory);
    if (running !== null) {
      process.kill(running.pid, 'SIGQUIT');
      await waitUntilGone(running.pid, 10_000);
    }
    await rm(parent, { recursive: true, force: true });
  });
  return directory;
}

/** The server that runs on a data directory, or `null`. */
export function serverOf(dataDirectory: string): ReturnType<typeof findPostmaster> {
  return findPostmaster(path.join(dataDirectory, 'postgres'));
}
