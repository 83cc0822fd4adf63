/** `ritz backup`: everything that is stored, as one portable file of JSON lines. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { backup as backupLines, type ExportedLine } from '@ritz/database';
import { withDatabase } from '../services/with-database.ts';
import { CliError } from '../terminal/cli-error.ts';

/**
 * Writes under another name first, so that a file of the given name is a whole backup. A name that ends in .gz is compressed.
 * It holds the hashes of the tokens, which give nobody access, so it is readable by its owner only all the same.
 */
export async function backup(file: string): Promise<void> {
  const unfinished = `${file}.unfinished`;
  const counts = new Map<string, number>();
  async function* written(lines: AsyncIterable<ExportedLine>): AsyncGenerator<string, void> {
    for await (const line of lines) {
      counts.set(line.kind, (counts.get(line.kind) ?? 0) + 1);
      yield `${JSON.stringify(line)}\n`;
    }
  }
  await withDatabase(async (database) => {
    const source = Readable.from(written(backupLines(database)));
    const target = createWriteStream(unfinished, { mode: 0o600, flush: true });
    try {
      if (file.endsWith('.gz')) await pipeline(source, createGzip(), target);
      else await pipeline(source, target);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw isFileFault(error) ? new CliError(`${file} cannot be written: ${error.message}.`, { cause: error }) : error;
    }
  });
  await rename(unfinished, file);
  console.log(
    `${file}: ${[...counts].map(([kind, count]) => `${count} × ${kind}`).join(', ') || 'nothing is stored'}.`,
  );
}

function isFileFault(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}
