/** `ritz restore`: restores a backup. Existing data are left unchanged, so it may be repeated, and may restore into a database in use. */
import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import {
  backup as backupLines,
  migrate,
  openDatabase,
  restore as restoreLines,
  startEmbeddedPostgres,
  type Database,
  type LineResult,
} from '@ritz/database';
import { counted, describeCounts } from '../backup/writeBackup.ts';
import { withDatabase } from '../services/withDatabase.ts';
import { CliError } from '../terminal/cliError.ts';

/** Lines per transaction. */
const batchLines = 100;

/** Maximum number of refused lines to show; the rest are counted. */
const shown = 20;

interface Numbered {
  readonly number: number;
  readonly value: unknown;
}

export interface RestoreOptions {
  /** Restore into a temporary database as a test. */
  readonly drill?: boolean;
}

/** Throws a CliError when the file cannot be read, or lines of it were refused: the others are stored. */
export async function restore(file: string, { drill }: RestoreOptions): Promise<void> {
  if (drill) return rehearse(file);
  const counts = await withDatabase((database) => restoreFile(database, file));
  console.log(`${file}: ${counts.CREATED} restored, ${counts.UPDATED} completed, ${counts.UNCHANGED} already stored.`);
  if (counts.REFUSED > 0) throw new CliError(`${counts.REFUSED} lines of ${file} were refused; the others are stored.`);
}

type StatusCounts = Record<LineResult['status'], number>;

async function restoreFile(database: Database, file: string): Promise<StatusCounts> {
  const counts: StatusCounts = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 };
  for await (const batch of batches(file)) {
    for (const result of await restoreBatch(database, batch)) {
      counts[result.status]++;
      if (result.status === 'REFUSED' && counts.REFUSED <= shown) console.error(`${file}: ${result.message}`);
    }
  }
  return counts;
}

/** Restores into an empty database of its own, and compares a backup of it with the file. */
async function rehearse(file: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ritz-drill-'));
  // A server that root runs as another user must be able to enter.
  await chmod(folder, 0o755);
  try {
    const [inFile, restored] = [new Map<string, number>(), new Map<string, number>()];
    const server = await startEmbeddedPostgres({ dataDirectory: folder });
    try {
      const database = await openDatabase(server.url);
      try {
        await migrate(database);
        for await (const batch of batches(file)) {
          for (const { value } of batch) inFile.set(kindOf(value), (inFile.get(kindOf(value)) ?? 0) + 1);
        }
        const { REFUSED } = await restoreFile(database, file);
        for await (const _line of counted(backupLines(database), restored));
        const differing = [...inFile].filter(([kind, count]) => restored.get(kind) !== count);
        if (REFUSED > 0 || differing.length > 0) {
          const had = differing.map(([kind, count]) => `${restored.get(kind) ?? 0} of ${count} × ${kind}`).join(', ');
          throw new CliError(`${file}: the drill failed: ${REFUSED} lines were refused${had && `; there are ${had}`}.`);
        }
      } finally {
        await database.close();
      }
    } finally {
      await server.stop();
    }
    console.log(`${file}: the drill succeeded: ${describeCounts(inFile)}.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : 'unknown';
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
      if (batch.length < batchLines) continue;
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
      `${file}, line ${number}: not JSON. The backup is damaged or incomplete; earlier lines are stored.`,
      {
        cause,
      },
    );
  }
}
