'use client';
/** The runs in groups: the heads at once, the runs of a group when it is opened, page after page. */
import { useState } from 'react';
import { useQueries, useQuery } from '@tanstack/react-query';
import {
  RunGroupMeansDocument,
  RunGroupsDocument,
  RunsDocument,
  type RunGroupMeansQuery,
  type RunsQuery,
} from '@ritz/client';
import { RUNS_PAGE } from '../query/lists.ts';
import { apiQuery, request } from '../query/useApi.ts';
import { runFilter, runOrder, type Filters } from './filters.ts';
import { groupFilter, groupId, type GroupKey, type RunGroup } from './groups.ts';
import type { TableRow } from './tableRows.ts';

export type GroupMeans = RunGroupMeansQuery['runGroups'][number];

export interface GroupedRuns {
  readonly rows: readonly TableRow[];
  readonly groups: number;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Newest runs of a group that the means of its spectra are taken over. */
export const MEASURED_OF_GROUP = 20;

/** Few enough that all groups are open at first. */
const OPEN_UP_TO = 60;

interface Page {
  readonly id: string;
  readonly group: RunGroup;
  readonly after: string | null;
}

/** Nothing is asked for while `by` is empty. */
export function useGroupedRuns(filters: Filters, by: readonly GroupKey[]): GroupedRuns {
  const filter = runFilter(filters);
  const enabled = by.length > 0;
  const heads = useQuery({ ...apiQuery(RunGroupsDocument, { by, filter }), enabled });
  const measured = useQuery({
    ...apiQuery(RunGroupMeansDocument, { by, filter, first: MEASURED_OF_GROUP }),
    enabled,
  });
  /** Whether a group is open, where somebody said so. */
  const [said, say] = useState<Readonly<Record<string, boolean>>>({});
  /** Where the further pages of a group begin. */
  const [cursors, setCursors] = useState<Readonly<Record<string, readonly string[]>>>({});
  const groups = enabled ? (heads.data?.runGroups ?? []) : [];
  // By group, not by place: the two answers may be of different moments.
  const means = new Map(measured.data?.runGroups.map((group) => [groupId(group), group]));
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  const isOpen = (id: string): boolean => said[id] ?? total <= OPEN_UP_TO;
  const pages = groups.flatMap((group): Page[] => {
    const id = groupId(group);
    return isOpen(id) ? [null, ...(cursors[id] ?? [])].map((after) => ({ id, group, after })) : [];
  });
  const answers = useQueries({
    queries: pages.map(({ group, after }) => ({
      queryKey: ['runs of group', groupId(group), filters, after] as const,
      queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<RunsQuery> =>
        request(
          RunsDocument,
          { filter: groupFilter(group, filter), orderBy: runOrder(filters), first: RUNS_PAGE, after },
          { signal },
        ),
    })),
  });
  const rows = groups.flatMap((group): TableRow[] => {
    const id = groupId(group);
    const open = isOpen(id);
    const toggle = (): void => {
      say((before) => ({ ...before, [id]: !open }));
    };
    const own = pages.flatMap((page, at) => (page.id === id ? [answers[at]] : []));
    const runs = own.flatMap((answer) => answer?.data?.runs.nodes ?? []);
    const end = own.at(-1)?.data?.runs.pageInfo;
    const onMore = (): void => {
      const next = end?.endCursor;
      if (next) setCursors((before) => ({ ...before, [id]: [...(before[id] ?? []), next] }));
    };
    const more: TableRow[] =
      open && (!end || end.hasNextPage)
        ? [{ kind: 'more', id: `${id} more`, shown: runs.length, total: group.count, onMore: end ? onMore : null }]
        : [];
    return [
      { kind: 'group', id, group, means: means.get(id), open, onToggle: toggle },
      ...runs.map((run): TableRow => ({ kind: 'run', run })),
      ...more,
    ];
  });
  const failed = [heads, ...answers].find(({ error }) => error !== null);
  return {
    rows,
    groups: groups.length,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}
