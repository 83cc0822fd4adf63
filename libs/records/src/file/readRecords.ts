/** Reads a file of records, which may still be growing. */
import fs from 'node:fs/promises';
import type { Line } from '../line/line.ts';
import { readLine } from '../line/readLine.ts';
import { RecordError } from '../RecordError.ts';

/**
 * Returns the whole lines of a file, checked; half a line at the end is left out. None when there is no such file.
 * @throws RecordError UNREADABLE that names the line.
 */
export async function readRecords(file: string): Promise<Line[]> {
  const content = await fs.readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    throw new RecordError('UNREADABLE', `${file} could not be read: ${cause.message}.`, { cause });
  });
  return parseRecords(file, content.slice(0, content.lastIndexOf('\n') + 1));
}

/** The records in the text of a file that messages call `file`. @throws RecordError UNREADABLE that names the line. */
export function parseRecords(file: string, text: string): Line[] {
  return text.split('\n').flatMap((line, at) => {
    if (line === '') return [];
    try {
      return [readLine(line)];
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new RecordError('UNREADABLE', `${file}, line ${at + 1}: ${message} Move the file away to start again.`, {
        cause,
      });
    }
  });
}
