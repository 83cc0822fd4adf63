/** `ritz import`: imports spectra measured with another tool. */
import { writeFile } from 'node:fs/promises';
import { ingest } from '@ritz/database';
import { importedRecords, readMeasuredFile, type ImportSettings } from '@ritz/records';
import { parseNpy } from '@ritz/training';
import { withDatabase } from '../services/withDatabase.ts';
import { CliError } from '../terminal/cliError.ts';

export interface ImportOptions extends ImportSettings {
  /** Write the records to this file, for `ritz push`, instead of into the database. */
  readonly output?: string;
}

/** Throws a CliError, and stores nothing, when a file is invalid. */
export async function importFiles(files: readonly string[], { output, ...settings }: ImportOptions): Promise<void> {
  const records = importedRecords(
    (await Promise.all(files.map((file) => readMeasuredFile(file, parseNpy)))).flat(),
    settings,
  );
  const spectra = records.filter(({ kind }) => kind === 'spectrum').length;
  if (output !== undefined) {
    await writeFile(output, records.map((record) => `${JSON.stringify(record)}\n`).join('')).catch((cause: Error) => {
      throw new CliError(`--output: expected a writable file, got ${output} (${cause.message}).`, { cause });
    });
    console.log(
      `${output}: 1 run, ${spectra} ${spectra === 1 ? 'spectrum' : 'spectra'}. Send it with \`ritz push ${output}\`.`,
    );
    return;
  }
  const results = await withDatabase((database) => ingest(database, records));
  const refused = results.find((result) => result.status === 'REFUSED');
  if (refused?.status === 'REFUSED') throw new CliError(refused.message);
  const runId = records.find((record) => record.kind === 'run')?.id ?? '';
  const known = results.every(({ status }) => status === 'UNCHANGED');
  console.log(`Run ${runId}: ${spectra} ${spectra === 1 ? 'spectrum' : 'spectra'}${known ? ', already stored' : ''}.`);
}
