'use client';
/** What the server had when it drew the page, until something newer was asked for. */
import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { TypedDocumentString } from '@ritz/client';
import { liveQuery } from './useApi.ts';

/** `initial` at first; from then on what `refresh` (or an edit) brought. */
export function useLive<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  initial: Result,
): Result {
  const { data } = useQuery({
    ...liveQuery(document, variables),
    initialData: initial,
    staleTime: Infinity,
    // Not kept when one leaves the page: who comes back has newer data from the server.
    gcTime: 0,
  });
  return data ?? initial;
}

/** Asks again for what `useLive` of this document shows. */
export function refresh<Result, Variables>(
  queries: QueryClient,
  document: TypedDocumentString<Result, Variables>,
): void {
  void queries.invalidateQueries({ queryKey: [document.toString()] });
}
