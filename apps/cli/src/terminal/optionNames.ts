/** Errors of the libraries name their own options: here they are named as the user gave them. */
import { EstimationError } from '@ritz/estimation';
import { LanczosError } from '@ritz/lanczos';
import { TrainingError } from '@ritz/training';
import { CliError } from './cliError.ts';

/** From a word of a library's message to that of the user. */
export type OptionNames = Readonly<Record<string, string>>;

/** Errors about options, and those that advise other ones. */
const aboutOptions: ReadonlySet<string> = new Set(['BAD_OPTION', 'TOO_LARGE', 'ENGINE_FAILED', 'OPERATOR_FAILED']);

/** Where messages name options: at the start before a colon, and in brackets. Words of their sentences stay. */
const optionPlaces = /(?<=^|\(|\(\w+, )[A-Za-z][\w.]*(?=[:,)]| \(\w\):)/g;

export function renamed(message: string, names: OptionNames): string {
  return message.replace(optionPlaces, (word) => names[word] ?? word);
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
