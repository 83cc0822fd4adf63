'use client';
/** What the server had when it drew the page, kept up to date while the run it belongs to is live. */
import { useQuery } from '@tanstack/react-query';
import type { TypedDocumentString } from '@ritz/client';
import { liveQuery } from './useApi.ts';

const ASK_EVERY = 3000;

/** `initial` until something newer is there. */
export function useLive<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  initial: Result,
  isLive: (data: Result) => boolean,
): Result {
  const { data } = useQuery({
    ...liveQuery(document, variables),
    enabled: ({ state }) => isLive((state.data as Result | undefined) ?? initial),
    refetchInterval: ASK_EVERY,
  });
  return data ?? initial;
}
