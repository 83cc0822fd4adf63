'use client';
/** The matching runs, page by page. */
import { useMemo } from 'react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { RunsDocument, type RunsQuery } from '@ritz/client';
import { runsPage } from '../data/lists.ts';
import { request } from '../data/useApi.ts';
import { runsVariables, type Filters } from './filters.ts';

export type ListedRun = RunsQuery['runs']['nodes'][number];

export interface ListedRuns {
  readonly runs: readonly ListedRun[];
  /** Number of matching runs, loaded or not; null while it is unknown. */
  readonly total: number | null;
  readonly error: Error | null;
  readonly loading: boolean;
  readonly hasMore: boolean;
  /** Loads the next page unless one is loading or none is left. */
  readonly more: () => void;
  readonly retry: () => void;
}

/** `initial` was loaded with `initialFilters`; other filters are fetched. */
export function useRuns(filters: Filters, initial: RunsQuery, initialFilters: Filters): ListedRuns {
  const query = useInfiniteQuery({
    queryKey: ['runs', filters],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request(RunsDocument, { ...runsVariables(filters), first: runsPage, after: pageParam }, { signal }),
    getNextPageParam: ({ runs: { pageInfo } }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
    placeholderData: keepPreviousData,
    ...(JSON.stringify(filters) === JSON.stringify(initialFilters)
      ? { initialData: { pages: [initial], pageParams: [null] } }
      : {}),
  });
  const pages = query.data?.pages;
  const runs = useMemo(() => pages?.flatMap((page) => page.runs.nodes) ?? [], [pages]);
  const { hasNextPage, isFetchingNextPage } = query;
  return {
    runs,
    total: pages?.[0]?.runs.totalCount ?? null,
    error: query.error,
    loading: query.isFetching,
    hasMore: hasNextPage,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void query.fetchNextPage();
    },
    retry: () => void query.refetch(),
  };
}
