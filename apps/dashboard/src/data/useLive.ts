'use client';
/** Server-rendered data, until a refetch replaces it. */
import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { TypedDocumentString } from '@ritz/client';
import { liveQuery } from './useApi.ts';

/** `initial` at first, later the result of `refresh` or an edit; undefined while there is neither. */
export function useLive<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  initial: Result | undefined,
): Result | undefined {
  const { data } = useQuery({
    ...liveQuery(document, variables),
    ...(initial === undefined ? {} : { initialData: initial }),
    staleTime: Infinity,
    // Not kept across navigation: returning to the page brings newer data from the server.
    gcTime: 0,
  });
  return data ?? initial;
}

/** Refetches the data that `useLive` shows for this document. */
export function refresh<Result, Variables>(
  queries: QueryClient,
  document: TypedDocumentString<Result, Variables>,
): void {
  void queries.invalidateQueries({ queryKey: [document.toString()] });
}
