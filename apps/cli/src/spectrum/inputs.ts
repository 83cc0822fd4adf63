/** The arrays to feed to a model, by the names of its inputs. */
import { describeInput, isFixedInput, type GivenShapes, type IndexBound, type OnnxInput } from '@ritz/estimation';
import type { NpyArray } from '@ritz/training';
import { CliError } from '../terminal/cliError.ts';
import { placeOf } from './place.ts';
import { readArray } from './readArray.ts';

export interface FedInput {
  /** The source as typed: a file, a member of an archive, a folder. */
  readonly source: string;
  readonly array: NpyArray;
}

export interface FedInputs {
  /** The first input that --data is for, or the first of the model. */
  readonly main: FedInput;
  /** Further inputs with values for each example. */
  readonly others: ReadonlyMap<string, FedInput>;
  /** Inputs that are the same for all examples according to the file: an adjacency matrix, a temperature. */
  readonly fixed: ReadonlyMap<string, FedInput>;
}

export interface InputOptions {
  readonly data?: string;
  /** `name=file` for each input other than that of `data`. */
  readonly input?: readonly string[];
}

/** Throws a CliError for text other than `name=file`, and for a name given twice. */
function parsePairs(pairs: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const pair of pairs) {
    const [, name = '', source = ''] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
    if (name === '') throw new CliError(`--input: expected name=file, got "${pair}".`);
    if (found.has(name)) throw new CliError(`--input: expected each name once, got "${name}" twice.`);
    found.set(name, source);
  }
  return found;
}

/**
 * `declared`: the inputs that the output depends on. `labels` are fed to the one input that is left, where the model computes its loss
 * itself. Throws a CliError or TrainingError that names the file, or the inputs that nothing is given for.
 */
export async function readInputs(
  { data, input = [] }: InputOptions,
  declared: readonly OnnxInput[],
  labels: string | undefined,
): Promise<FedInputs> {
  const sources = parsePairs(input);
  for (const name of sources.keys()) {
    if (declared.some((each) => each.name === name)) continue;
    const known = declared.map(describeInput).join('; ');
    throw new CliError(`--input: expected an input that the output depends on (${known}), got "${name}".`);
  }
  for (const source of [data, labels]) {
    const next = declared.find(({ name }) => !sources.has(name));
    if (source !== undefined && next) sources.set(next.name, source);
    else if (source !== undefined) {
      const flag = source === data ? '--data' : '--labels';
      throw new CliError(
        `${flag}: expected an input that the output depends on, but all of them are given already. Leave ${flag} out.`,
      );
    }
  }
  const missing = declared.filter(({ name }) => !sources.has(name));
  const [first] = missing;
  if (first) {
    const flag = declared.length === 1 ? '--data' : '--input';
    const list = missing.map(describeInput).join('; ');
    throw new CliError(
      `${flag}: expected values for ${list}, got none. Give ${declared.length === 1 ? '--data FILE' : `--input ${first.name}=FILE`}.`,
    );
  }
  // What --data is for, or else the first that has examples.
  const named = declared.find(({ name }) => sources.get(name) === data);
  const mainInput = named ?? declared.find(({ shape }) => shape.length > 0) ?? first;
  if (!mainInput) throw new CliError('The model has no input.');
  let main: FedInput | null = null;
  const others = new Map<string, FedInput>();
  const fixed = new Map<string, FedInput>();
  for (const input of declared) {
    const source = sources.get(input.name) ?? '';
    const fed = { source, array: await readArray(source, input.shape.length) };
    if (input === mainInput) main = fed;
    else if (isFixedInput(input, mainInput) && fed.array.shape[0] === input.shape[0]) fixed.set(input.name, fed);
    else others.set(input.name, fed);
  }
  if (!main) throw new CliError('The model has no input.');
  return { main, others, fixed };
}

/** What reading a model requires of the inputs. */
export function givenShapes({ main, others, fixed }: FedInputs): GivenShapes {
  const shapes = [...others].map(([name, { array }]) => [name, array.shape.slice(1)] as const);
  const values = [...fixed].map(([name, { array }]) => [name, { shape: array.shape, values: array.data }] as const);
  return {
    inputShape: main.array.shape.slice(1),
    otherInputs: Object.fromEntries(shapes),
    fixedInputs: Object.fromEntries(values),
  };
}

/** Throws a CliError for an array of another type than the input, and for the row of a number that it cannot hold. */
export function checkInput({ source, array }: FedInput, type: OnnxInput['type'], bound: IndexBound | null): void {
  const { data, shape } = array;
  if (type === 'bool') {
    const other = data.findIndex((value) => value !== 0 && value !== 1);
    if (other < 0) return;
    throw new CliError(
      `${source}: expected booleans (0 or 1), as the model takes, got ${data[other]} in ${placeOf(other, shape)}.`,
    );
  }
  if (array.type !== type) {
    const [given, wanted, advice] =
      array.type === 'int'
        ? ['integers', 'real numbers', 'Scale them as in training and save them as float32.']
        : ['real numbers', 'integers', 'Save the indices as int64.'];
    throw new CliError(`${source}: expected ${wanted}, as the model takes, got ${given}. ${advice}`);
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new CliError(`${source}: expected finite numbers, got ${data[bad]} in ${placeOf(bad, shape)}.`);
  if (type === 'float') return;
  const outside = bound
    ? data.findIndex((index) => (index < 0 || index >= bound.below) && index !== bound.ignored)
    : -1;
  if (outside < 0) return;
  const isBounded = bound !== null && bound.below < Infinity;
  const expected = isBounded ? `indices from 0 to ${bound.below - 1}` : 'indices from 0';
  throw new CliError(
    `${source}: expected ${expected}, as the model takes, got ${data[outside]} in ${placeOf(outside, shape)}.`,
  );
}
