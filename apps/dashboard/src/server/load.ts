/** What a page needs before it is drawn: the data, or why there is none. */
import { cache } from 'react';
import { ClientError, createClient, RunDocument, type RunQuery, type TypedDocumentString } from '@ritz/client';
import { apiUrl } from './apiUrl.ts';

export type Loaded<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly message: string; readonly unreachable: boolean };

/** Asks the API directly. Only faults of programming reject. */
export async function load<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Loaded<Result>> {
  const client = createClient({
    url: `${apiUrl()}/graphql`,
    fetch: (input, init) => fetch(input, { ...init, cache: 'no-store' }),
  });
  try {
    return { ok: true, data: await client.request(document, variables) };
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return { ok: false, message: error.message, unreachable: error.code !== 'GRAPHQL' };
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** One run's settings, asked for once per request. What is not a UUID is no run. */
export const loadRun = cache(async (id: string): Promise<Loaded<RunQuery>> => {
  if (!isUuid(id)) return { ok: true, data: { run: null } };
  return load(RunDocument, { id });
});
