/** Writes a backup to a file that is whole or is not there. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { backup as backupLines, type Database, type ExportedLine } from '@ritz/database';
import { CliError } from '../terminal/cliError.ts';

/** How many lines of each kind a backup has. */
export type Counts = ReadonlyMap<string, number>;

/** Counts the lines that pass through it. */
export async function* counted(
  lines: AsyncIterable<ExportedLine>,
  counts: Map<string, number>,
): AsyncGenerator<ExportedLine, void> {
  for await (const line of lines) {
    counts.set(line.kind, (counts.get(line.kind) ?? 0) + 1);
    yield line;
  }
}

async function* asText(lines: AsyncIterable<ExportedLine>): AsyncGenerator<string, void> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

/**
 * Writes under another name first. A name that ends in .gz is compressed. Of tokens it holds the SHA-256 hashes, which let nobody in;
 * passwords are not stored at all. It may be read by its owner only all the same.
 * @throws CliError when the file cannot be written.
 */
export async function writeBackup(database: Database, file: string): Promise<Counts> {
  const unfinished = `${file}.unfinished`;
  const counts = new Map<string, number>();
  const source = Readable.from(asText(counted(backupLines(database), counts)));
  const target = createWriteStream(unfinished, { mode: 0o600, flush: true });
  try {
    if (file.endsWith('.gz')) await pipeline(source, createGzip(), target);
    else await pipeline(source, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw isFileFault(error) ? new CliError(`${file} cannot be written: ${error.message}.`, { cause: error }) : error;
  }
  await rename(unfinished, file);
  return counts;
}

/** Such as `2 × run, 5 × step`. */
export function describeCounts(counts: Counts): string {
  return [...counts].map(([kind, count]) => `${count} × ${kind}`).join(', ') || 'nothing is stored';
}

function isFileFault(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}
