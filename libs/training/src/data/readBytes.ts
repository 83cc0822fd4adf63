/** Reads a file whole, or says why it cannot be read. */
import fs from 'node:fs/promises';
import { TrainingError } from '../error/TrainingError.ts';

/** Throws a TrainingError (DATA_MISSING) that names the file and the system's reason, followed by advice if there is any. */
export async function readBytes(file: string, advice?: string): Promise<Buffer> {
  try {
    return await fs.readFile(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    const what = `${file} cannot be read (${code}).`;
    throw new TrainingError('DATA_MISSING', advice === undefined ? what : `${what} ${advice}`, { cause });
  }
}
