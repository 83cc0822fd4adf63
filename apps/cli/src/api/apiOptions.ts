/** Options of commands that ask an API. Apart from the client, which takes longer to load than to parse what was typed. */
import { Option, type Command } from 'commander';

export interface ApiAddress {
  /** Address of the API, without the paths of its endpoints. */
  readonly url: string;
  readonly token?: string | undefined;
}

/** Adds `--url` and `--token`. */
export function addApiOptions(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'address of the API').env('RITZ_URL').default('http://127.0.0.1:4000'))
    .addOption(new Option('--token <token>', 'access token; better given in the environment').env('RITZ_TOKEN'));
}
