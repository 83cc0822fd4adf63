/** Breaks a text into lines between words. */

export interface WrapOptions {
  /** Columns that stand before the text on its first line, and blank before all others. */
  readonly indent: number;
  /** Columns of the terminal. Without it lines are not wrapped, as for a file or a pipe. */
  readonly width: number | undefined;
}

/** A word longer than a line stays whole. */
export function wrap(text: string, { indent, width = Infinity }: WrapOptions): string {
  const room = Math.max(20, width - indent);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
