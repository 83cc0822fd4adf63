'use client';
/** Grouped runs: headers first, the runs of a group page by page once it is opened. */
import { useState } from 'react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { RunGroupMeansDocument, RunGroupsDocument, RunsDocument, type RunsQuery } from '@ritz/client';
import { runsPage } from '../data/lists.ts';
import { apiQuery, request } from '../data/useApi.ts';
import { runFilter, runsVariables, type Filters } from './filters.ts';
import { groupLabel, type GroupKey, type RunGroup, type SharedSettings } from './groups.ts';
import type { TableRow } from './tableRows.ts';

export interface GroupedRuns {
  readonly rows: readonly TableRow[];
  readonly groups: number;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Number of newest runs that a group's spectral means are taken over. */
const measuredOfGroup = 20;

/** Up to this many groups are open initially. */
const openUpTo = 60;

interface Page {
  readonly id: string;
  readonly group: RunGroup;
  readonly after: string | null;
}

/** Independent of its members. */
function groupId(shared: SharedSettings, by: readonly GroupKey[]): string {
  const { schedule } = shared;
  return JSON.stringify([groupLabel(shared, by), schedule]);
}

/** Disabled while `by` is empty. */
export function useGroupedRuns(filters: Filters, by: readonly GroupKey[]): GroupedRuns {
  const filter = runFilter(filters);
  const enabled = by.length > 0;
  const heads = useQuery({ ...apiQuery(RunGroupsDocument, { by, filter }), enabled });
  const measured = useQuery({
    ...apiQuery(RunGroupMeansDocument, { by, filter, first: measuredOfGroup }),
    enabled,
  });
  /** Groups the user opened or closed. */
  const [said, say] = useState<Readonly<Record<string, boolean>>>({});
  /** Cursors of a group's further pages. */
  const [cursors, setCursors] = useState<Readonly<Record<string, readonly string[]>>>({});
  const groups = enabled ? (heads.data?.runGroups ?? []) : [];
  // Matched by group, not by position: the two answers may differ in time.
  const means = new Map(measured.data?.runGroups.map((group) => [groupId(group, by), group]));
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  const isOpen = (id: string): boolean => said[id] ?? total <= openUpTo;
  const pages = groups.flatMap((group): Page[] => {
    const id = groupId(group, by);
    return isOpen(id) ? [null, ...(cursors[id] ?? [])].map((after) => ({ id, group, after })) : [];
  });
  const answers = useQueries({
    queries: pages.map(({ id, group, after }) => ({
      queryKey: ['runs of group', id, filters, group.runIds, after] as const,
      queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<RunsQuery> =>
        request(RunsDocument, { ...runsVariables(filters, { ids: group.runIds }), first: runsPage, after }, { signal }),
    })),
  });
  const rows = groups.flatMap((group): TableRow[] => {
    const id = groupId(group, by);
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
      { kind: 'group', id, label: groupLabel(group, by), group, means: means.get(id), open, onToggle: toggle },
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
