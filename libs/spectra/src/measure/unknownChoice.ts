/** The message of an error about a value that is none of the known ones, as a caller without types may give. */

/** `kernel: expected gaussian or epanechnikov, got "box".` */
export function unknownChoice(option: string, known: readonly string[], given: unknown): string {
  const expected = known.length < 2 ? known.join() : `${known.slice(0, -1).join(', ')} or ${known.at(-1)}`;
  return `${option}: expected ${expected}, got ${JSON.stringify(given) ?? String(given)}.`;
}
