/** A text as examples of characters, each labelled with the one that follows it: the data of a language model. */
import { TrainingError } from '../error/TrainingError.ts';
import type { DataSet, SplitDataSet } from './DataSet.ts';
import { readBytes } from './readBytes.ts';

export interface TextOptions {
  /** In UTF-8. */
  readonly file: string;
  /** Characters of an example. */
  readonly context: number;
  /** Capital letters become small ones. Default false. */
  readonly lowerCase?: boolean;
}

/** Share of the text, at its end, that is tested on. */
const testShare = 0.1;

/**
 * The text in pieces of `context` characters that follow each other, the last tenth of them as the test set: inputs and labels
 * [examples, context] are indices into the characters of the text in the order of their code points, which are the classes. Throws a
 * TrainingError: DATA_MISSING, DATA_CORRUPT for what is not UTF-8 or too short.
 */
export async function loadText({ file, context, lowerCase = false }: TextOptions): Promise<SplitDataSet> {
  const bytes = await readBytes(file);
  const text = decoded(file, bytes);
  const characters = [...(lowerCase ? text.toLowerCase() : text)];
  // The label of the last character of a piece is the first one of the next.
  const pieces = Math.floor((characters.length - 1) / context);
  const tests = Math.max(1, Math.floor(testShare * pieces));
  if (pieces - tests < 1) {
    throw corrupt(
      file,
      `expected at least ${2 * context + 1} characters (data.context ${context}), got ${characters.length}`,
    );
  }
  const alphabet = [...new Set(characters)].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0));
  if (alphabet.length < 2) throw corrupt(file, `expected at least two different characters, got ${alphabet.length}`);
  const indexOf = new Map(alphabet.map((character, index) => [character, index]));
  const indices = Int32Array.from(characters, (character) => indexOf.get(character) ?? 0);
  const part = (name: string, from: number, to: number): DataSet => ({
    name,
    inputs: Float32Array.from(indices.subarray(from * context, to * context)),
    labels: indices.slice(from * context + 1, to * context + 1),
    inputShape: [context],
    classes: alphabet.length,
  });
  return { train: part('text-train', 0, pieces - tests), test: part('text-test', pieces - tests, pieces) };
}

function decoded(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw corrupt(file, 'expected text in UTF-8, got other bytes');
  }
}

function corrupt(file: string, what: string): TrainingError {
  return new TrainingError('DATA_CORRUPT', `${file}: ${what}. Name another file in data.file.`);
}
