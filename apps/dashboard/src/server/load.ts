/** Loads a page's data on the server: the data or the reason for their absence. */
import { cache } from 'react';
import { headers } from 'next/headers';
import { ClientError, createClient, RunDocument, type RunQuery, type TypedDocumentString } from '@ritz/client';
import { apiUrl } from './apiUrl.ts';
import { forwardedHost } from './guard.ts';

export type Loaded<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly reason: FailureReason; readonly message: string };

/** Why there is no data: API unreachable, not signed in, or query rejected. */
type FailureReason = 'unreachable' | 'unauthenticated' | 'refused';

function reasonOf({ code, status }: ClientError): FailureReason {
  if (status === 401) return 'unauthenticated';
  return code === 'GRAPHQL' ? 'refused' : 'unreachable';
}

/** Queries the API directly with the user's session. Rejects only on programming errors. */
export async function load<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Loaded<Result>> {
  const asked = await headers();
  const cookie = asked.get('cookie');
  const client = createClient({
    url: `${apiUrl()}/graphql`,
    fetch: (input, init) => {
      const sent = new Headers(init?.headers);
      if (cookie !== null) sent.set('cookie', cookie);
      sent.set('x-forwarded-host', forwardedHost(asked));
      return fetch(input, { ...init, headers: sent, cache: 'no-store' });
    },
  });
  try {
    return { ok: true, data: await client.request(document, variables) };
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return { ok: false, reason: reasonOf(error), message: error.message };
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** The settings of one run, fetched once per request; an id that is not a UUID is unknown. */
export const loadRun = cache(async (id: string): Promise<Loaded<RunQuery>> => {
  if (!isUuid(id)) return { ok: true, data: { run: null } };
  return load(RunDocument, { id });
});
