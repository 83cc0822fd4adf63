/** Clients of the API that a command was told of. */
import { createClient, type Client } from '@ritz/client';
import type { Target } from '@ritz/records';
import { CliError } from '../terminal/cliError.ts';
import type { ApiAddress } from './apiOptions.ts';

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
