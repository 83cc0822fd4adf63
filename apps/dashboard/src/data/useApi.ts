'use client';
/** Browser-side queries through the site's own origin, cached by TanStack Query. */
import { keepPreviousData } from '@tanstack/react-query';
import { createClient, type TypedDocumentString } from '@ritz/client';

const client = createClient({ url: '/api/graphql', fetch: (input, init) => fetch(input, init) });

export interface ApiQueryOptions {
  /** Stale time in milliseconds; Infinity for immutable data. */
  readonly staleTime?: number;
  /** A version of the underlying data; a change refetches. */
  readonly newest?: unknown;
}

/** Each operation with its variables is one cache entry; the previous data stays until the new data arrive. */
export function apiQuery<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  { newest, ...options }: ApiQueryOptions = {},
) {
  const query = liveQuery(document, variables);
  return {
    ...query,
    queryKey: newest === undefined ? query.queryKey : ([...query.queryKey, newest] as const),
    placeholderData: keepPreviousData,
    ...options,
  };
}

/** Like `apiQuery`, but other variables start without data: what is drawn is never of something else. */
export function ownQuery<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  newest: unknown,
) {
  const query = liveQuery(document, variables);
  const own = JSON.stringify(variables);
  return {
    ...query,
    queryKey: [...query.queryKey, newest] as const,
    placeholderData: (before: Result | undefined, previous?: { readonly queryKey: readonly unknown[] }) =>
      JSON.stringify(previous?.queryKey[1]) === own ? before : undefined,
  };
}

/** Like `apiQuery`, without placeholder data. */
export function liveQuery<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables) {
  return {
    queryKey: [document.toString(), variables] as const,
    queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<Result> =>
      client.request(document, variables, { signal }),
  };
}

/** Sends one operation without caching. */
export const request = client.request;
