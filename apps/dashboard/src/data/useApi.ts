'use client';
/** Queries of the browser, through this site's own origin, kept by TanStack Query. */
import { keepPreviousData } from '@tanstack/react-query';
import { createClient, type TypedDocumentString } from '@ritz/client';

const client = createClient({ url: '/api/graphql', fetch: (input, init) => fetch(input, init) });

export interface ApiQueryOptions {
  /** How long the answer is not asked for again; what never changes: Infinity. */
  readonly staleTime?: number;
  /** What the answer is up to: when it changes, the question is asked again. */
  readonly newest?: unknown;
}

/** One operation with its variables is one cache entry; the one before stays on screen until the new one is there. */
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

/** The same without a stand-in while it is asked for. */
export function liveQuery<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables) {
  return {
    queryKey: [document.toString(), variables] as const,
    queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<Result> =>
      client.request(document, variables, { signal }),
  };
}

/** Sends one operation outside the cache. */
export const request = client.request;
