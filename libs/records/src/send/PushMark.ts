/**
 * How far a file was pushed, kept beside it in `<file>.pushed`. It only saves time: without it everything is sent again, and the
 * server answers "unchanged".
 */
import { createHash } from 'node:crypto';
import { open, readFile, rename, writeFile } from 'node:fs/promises';

interface Mark {
  readonly url: string;
  /** Every line before this byte was acknowledged. */
  readonly end: number;
  /** SHA-256 of the last bytes before it, so that a file that was written anew is sent anew. */
  readonly digest: string;
}

const tailLength = 4096;

function markFile(file: string): string {
  return `${file}.pushed`;
}

async function digestBefore(file: string, end: number): Promise<string> {
  const length = Math.min(tailLength, end);
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, end - length);
    return createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex');
  } finally {
    await handle.close();
  }
}

function isMark(value: unknown): value is Mark {
  if (typeof value !== 'object' || value === null) return false;
  const { url, end, digest } = value as Partial<Record<keyof Mark, unknown>>;
  return typeof url === 'string' && Number.isSafeInteger(end) && Number(end) >= 0 && typeof digest === 'string';
}

/** The byte to continue from: 0 when the file is not known, or is not the one that was pushed to `url`. */
export async function readMark(file: string, url: string): Promise<number> {
  let mark: unknown;
  try {
    mark = JSON.parse(await readFile(markFile(file), 'utf8'));
  } catch {
    // No mark, or half of one: everything is sent again, which changes nothing.
    return 0;
  }
  if (!isMark(mark) || mark.url !== url) return 0;
  return (await digestBefore(file, mark.end)) === mark.digest ? mark.end : 0;
}

export async function writeMark(file: string, url: string, end: number): Promise<void> {
  const mark: Mark = { url, end, digest: await digestBefore(file, end) };
  const fresh = `${markFile(file)}.new`;
  await writeFile(fresh, `${JSON.stringify(mark)}\n`);
  await rename(fresh, markFile(file));
}
