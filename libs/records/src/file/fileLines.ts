/** The lines of a file from a byte position on, with the position where each ends, so that sending can continue from any. */
import { createReadStream } from 'node:fs';

export interface FileLine {
  /** Without the newline, with no line's content changed. */
  readonly bytes: Buffer;
  /** Where the next line begins, in bytes from the start of the file. */
  readonly end: number;
}

/** Blank lines are left out. A last line without a newline counts: its writer was done, or will write it again. */
export async function* fileLines(file: string, from: number): AsyncGenerator<FileLine, void> {
  let position = from;
  let held: Buffer[] = [];
  const take = (last: Buffer, newline: number): FileLine | null => {
    const bytes = Buffer.concat([...held, last]);
    held = [];
    position += bytes.length + newline;
    return bytes.toString('latin1').trim() === '' ? null : { bytes, end: position };
  };
  for await (const chunk of createReadStream(file, { start: from, highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, start)) {
      const line = take(chunk.subarray(start, at), 1);
      start = at + 1;
      if (line !== null) yield line;
    }
    if (start < chunk.length) held.push(chunk.subarray(start));
  }
  if (held.length > 0) {
    const line = take(Buffer.alloc(0), 0);
    if (line !== null) yield line;
  }
}
