/** `ritz restore`: takes a backup back in. What is there already stays, so it may be repeated and may fill a database in use. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { restore as restoreLines, type Database, type LineResult } from '@ritz/database';
import { withDatabase } from '../services/with-database.ts';
import { CliError } from '../terminal/cli-error.ts';

/** Lines given to the database at a time. */
const BATCH = 100;

/** Refused lines that are shown; the rest is counted. */
const SHOWN = 20;

interface Numbered {
  readonly number: number;
  readonly value: unknown;
}

/** Throws a CliError when the file cannot be read, or lines of it were refused: the others are stored. */
export async function restore(file: string): Promise<void> {
  const counts: Record<LineResult['status'], number> = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 };
  await withDatabase(async (database) => {
    for await (const batch of batches(file)) {
      for (const result of await restoreBatch(database, batch)) {
        counts[result.status]++;
        if (result.status === 'REFUSED' && counts.REFUSED <= SHOWN) console.error(`${file}: ${result.message}`);
      }
    }
  });
  console.log(
    `${file}: ${counts.CREATED} restored, ${counts.UPDATED} completed, ${counts.UNCHANGED} were there already.`,
  );
  if (counts.REFUSED > 0) throw new CliError(`${counts.REFUSED} lines of ${file} were refused; the others are stored.`);
}

function restoreBatch(database: Database, batch: readonly Numbered[]): Promise<LineResult[]> {
  return restoreLines(
    database,
    batch.map(({ value }) => value),
  );
}

async function* batches(file: string): AsyncGenerator<Numbered[], void> {
  const raw = createReadStream(file);
  const input = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  raw.once('error', (error) => input.destroy(error));
  let batch: Numbered[] = [];
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number++;
      if (line.trim() === '') continue;
      batch.push({ number, value: parsed(file, number, line) });
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && !(error instanceof CliError) && 'errno' in error) {
      throw new CliError(`${file} cannot be read: ${error.message}.`, { cause: error });
    }
    throw error;
  }
  if (batch.length > 0) yield batch;
}

function parsed(file: string, number: number, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new CliError(
      `${file}, line ${number}: not JSON. The backup is damaged or not complete; lines before it are stored.`,
      {
        cause,
      },
    );
  }
}
