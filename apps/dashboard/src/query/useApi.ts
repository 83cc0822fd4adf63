'use client';
/** Queries of the browser, through this site's own origin, kept by TanStack Query. */
import { keepPreviousData, queryOptions, type UseQueryOptions } from '@tanstack/react-query';
import { createClient, type TypedDocumentString } from '@ritz/client';

const client = createClient({ url: '/api/graphql', fetch: (input, init) => fetch(input, init) });

/** One operation with its variables is one cache entry; the one before stays on screen until the new one is there. */
export function apiQuery<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  options: Pick<UseQueryOptions<Result>, 'refetchInterval' | 'enabled' | 'staleTime'> & {
    readonly initialData?: Result;
  } = {},
) {
  return queryOptions({
    queryKey: [document.toString(), variables] as const,
    queryFn: ({ signal }): Promise<Result> => client.request(document, variables, { signal }),
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** Sends one operation outside the cache. */
export const request = client.request;
