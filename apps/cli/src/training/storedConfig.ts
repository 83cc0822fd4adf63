/** The configs of the runs that were trained on this machine. */
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { readLine } from '@ritz/records';
import { parseConfig, type Config } from '@ritz/training';
import { CliError } from '../terminal/cliError.ts';

/** Where records and states of runs are kept. */
export function runsFolder(dataDirectory: string): string {
  return path.join(dataDirectory, 'runs');
}

/** The config of the run with this id. Throws a CliError where there is none, or one that `ritz train` did not make. */
export async function storedConfig(dataDirectory: string, id: string): Promise<Config> {
  const file = path.join(runsFolder(dataDirectory), `${id}.jsonl`);
  const run = await firstRecord(file);
  if (!run) {
    throw new CliError(`run: expected one that was trained here, got ${id}, of which ${file} has no records.`);
  }
  return parseConfig(file, JSON.stringify(run.config ?? {}));
}

/** The id of the run with this id or name. Throws a CliError where there is none or more than one. */
export async function findTrained(dataDirectory: string, wanted: string): Promise<string> {
  const folder = runsFolder(dataDirectory);
  const files = (await fs.readdir(folder).catch(() => [])).filter((name) => /^[0-9a-f-]{36}\.jsonl$/.test(name));
  const found: string[] = [];
  for (const file of files) {
    const run = await firstRecord(path.join(folder, file));
    if (run && (run.id === wanted || run.name === wanted)) found.push(run.id);
  }
  const [id] = found;
  if (id === undefined) {
    throw new CliError(
      `run: expected the id or the name of a run that \`ritz train\` trained here, got "${wanted}", which is not in ${folder}.`,
    );
  }
  if (found.length > 1) {
    throw new CliError(
      `run: expected one run, got ${found.length} called "${wanted}". Give an id: ${found.join(', ')}.`,
    );
  }
  return id;
}

async function firstRecord(file: string) {
  const stream = createReadStream(file, 'utf8');
  try {
    for await (const line of createInterface({ input: stream })) {
      const record = readLine(line);
      return record.kind === 'run' ? record : null;
    }
    return null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    stream.destroy();
  }
}
