/** Renames options in messages of the libraries to the flags or keys that the user typed. */
import { EstimationError } from '@ritz/estimation';
import { LanczosError } from '@ritz/lanczos';
import { TrainingError } from '@ritz/training';
import { CliError } from './cliError.ts';

/** Maps an option's name in a library's message to the user's name. */
export type OptionNames = Readonly<Record<string, string>>;

/** Codes of errors that name or suggest options. */
const aboutOptions: ReadonlySet<string> = new Set([
  'BAD_OPTION',
  'SHAPE',
  'TOO_LARGE',
  'ENGINE_FAILED',
  'OPERATOR_FAILED',
]);

/** Where messages name options: at the start before a colon, and in brackets. Words of their sentences stay. */
const optionPlaces = /(?<=^|\(|\(\w+, )[A-Za-z][\w.]*(?=[:,)[]| \(\w\):)/g;

export function renamed(message: string, names: OptionNames): string {
  return message.replace(optionPlaces, (word) => {
    const [option = word, ...inside] = word.split('.');
    const name = names[word] ?? names[option];
    if (name === undefined) return word;
    return word in names ? name : [name, ...inside].join(name.startsWith('--') ? ' ' : '.');
  });
}

/** Throws a CliError in place of an error about options; all others as they come. */
export async function withOptionNames<Result>(names: OptionNames, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const isOurs = error instanceof EstimationError || error instanceof LanczosError || error instanceof TrainingError;
    if (!isOurs || !aboutOptions.has(error.code)) throw error;
    throw new CliError(renamed(error.message, names), { cause: error });
  }
}
