/** Cuts a stream of bytes into lines, holding no more than one line at a time. */

/** A line without its end; `bytes` is `null` when it was longer than the limit, and then it was skipped. */
export interface Line {
  /** Position in the stream, from 1; empty lines count. */
  readonly number: number;
  readonly bytes: Buffer | null;
}

const newline = 0x0a;

/**
 * The lines that end in each chunk, chunk by chunk; a last line needs no newline. Empty lines are left out.
 * @param limit longest line, in bytes
 */
export async function* linesOf(source: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Line[], void> {
  let number = 0;
  let held: Buffer[] = [];
  let length = 0;

  const finish = (): Line | null => {
    const [parts, size] = [held, length];
    held = [];
    length = 0;
    number++;
    if (size > limit) return { number, bytes: null };
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    return isBlank(bytes) ? null : { number, bytes };
  };
  const hold = (part: Buffer): void => {
    length += part.length;
    if (length > limit) held = [];
    else held.push(part);
  };

  for await (const chunk of source) {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      hold(chunk.subarray(from, at));
      const line = finish();
      if (line !== null) lines.push(line);
      from = at + 1;
    }
    if (from < chunk.length) hold(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (length > 0) {
    const line = finish();
    if (line !== null) yield [line];
  }
}

/** Nothing but blanks, tabs and the carriage return of a line that ends in CRLF. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
