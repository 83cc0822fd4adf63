/** How commands that ask an API are told which one, and as whom. */
import { createClient, type Client } from '@ritz/client';
import type { Target } from '@ritz/records';
import { Option, type Command } from 'commander';
import { CliError } from '../terminal/cliError.ts';

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

/** Throws a CliError when the address is none; nothing is sent yet. */
export function apiClient({ url, token }: ApiAddress): Client {
  return createClient({ url: endpoint(url), token });
}

/** Where records are sent. */
export function apiTarget({ url, token }: ApiAddress): Target {
  return { url: url.replace(/\/+$/, ''), token };
}

function endpoint(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CliError(`--url: expected an address such as http://127.0.0.1:4000, got "${url}".`);
  }
  return new URL('graphql', url.endsWith('/') ? url : `${url}/`).href;
}
