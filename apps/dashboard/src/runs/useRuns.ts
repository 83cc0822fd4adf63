'use client';
/** The runs that match, page after page. */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { RunsDocument, type RunsQuery } from '@ritz/client';
import { RUNS_PAGE } from '../query/lists.ts';
import { request } from '../query/useApi.ts';

export type ListedRun = RunsQuery['runs']['nodes'][number];

export interface ListedRuns {
  readonly runs: readonly ListedRun[];
  /** How many match, loaded or not. */
  readonly total: number;
  readonly error: Error | null;
  readonly loading: boolean;
  /** Null when all are loaded. */
  readonly more: (() => void) | null;
  readonly retry: () => void;
}

const LIVE_EVERY = 5000;

/** `initial` answers `initialSearch`; other searches are asked for. Asks again every few seconds while a run is live. */
export function useRuns(search: string, initial: RunsQuery, initialSearch: string): ListedRuns {
  const query = useInfiniteQuery({
    queryKey: ['runs', search],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request(RunsDocument, { search: search || null, first: RUNS_PAGE, after: pageParam }, { signal }),
    getNextPageParam: ({ runs: { pageInfo } }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
    ...(search === initialSearch ? { initialData: { pages: [initial], pageParams: [null] } } : {}),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ runs }) => runs.nodes.some(({ status }) => status === 'RUNNING')) ? LIVE_EVERY : false,
  });
  const pages = query.data?.pages ?? [];
  return {
    runs: pages.flatMap(({ runs }) => runs.nodes),
    total: pages[0]?.runs.totalCount ?? 0,
    error: query.error,
    loading: query.isFetching,
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
    retry: () => void query.refetch(),
  };
}
