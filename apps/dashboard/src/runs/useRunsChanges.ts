'use client';
/** Keeps the runs table up to date: refetches runs that changed, and the lists when a run is new. */
import { useEffect, useMemo, useRef } from 'react';
import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { RunsDocument, RunTrajectoriesDocument, type RunsQuery, type RunStatus } from '@ritz/client';
import { throttle } from '../live/throttle.ts';
import { useWrites, type Live } from '../live/useWrites.ts';
import { request } from '../data/useApi.ts';
import { replaceRuns } from './replaceRuns.ts';
import { valueVariables, type ValueColumn } from './valueColumns.ts';

/** Minimum interval between updates in milliseconds. */
const everyMilliseconds = 1500;
/** Beyond this many changed runs, the lists are refetched instead. */
const most = 50;

/** Status of changed runs that are not in the lists, as of the last time the lists were fetched. */
type Unlisted = Map<string, RunStatus | null>;

async function update(
  queries: QueryClient,
  written: readonly string[],
  all: boolean,
  unlisted: Unlisted,
  columns: readonly ValueColumn[],
): Promise<void> {
  if (all || written.length > most) {
    await queries.invalidateQueries();
    return;
  }
  const { runs } = await request(RunsDocument, {
    filter: { ids: [...written] },
    first: most,
    ...valueVariables(columns),
  });
  const found = new Map(runs.nodes.map((run) => [run.id, run]));
  const listed = new Set<string>();
  const replaced = (page: RunsQuery): RunsQuery => replaceRuns(page, found, listed);
  queries.setQueriesData<InfiniteData<RunsQuery>>(
    { queryKey: ['runs'] },
    (list) => list && { ...list, pages: list.pages.map(replaced) },
  );
  queries.setQueriesData<RunsQuery>({ queryKey: ['runs of group'] }, (page) => page && replaced(page));
  // The position of a run that is new, deleted or has another status is unknown here. Once the lists were refetched without it, an unchanged run changes nothing.
  const statusOf = (id: string): RunStatus | null => found.get(id)?.status ?? null;
  const moved = written.filter((id) => !listed.has(id) && unlisted.get(id) !== statusOf(id));
  for (const id of moved) unlisted.set(id, statusOf(id));
  if (moved.length > 0) await queries.invalidateQueries();
  else {
    await queries.invalidateQueries({
      queryKey: [RunTrajectoriesDocument.toString()],
      predicate: ({ queryKey }) => written.some((id) => JSON.stringify(queryKey[1]).includes(id)),
    });
  }
}

/** @param columns of the table: changed runs are fetched with them */
export function useRunsChanges(columns: readonly ValueColumn[]): Live {
  const queries = useQueryClient();
  const shown = useRef(columns);
  useEffect(() => {
    shown.current = columns;
  });
  const written = useRef(new Set<string>());
  const everything = useRef(false);
  const unlisted = useRef<Unlisted>(new Map());
  const first = useRef(true);
  const work = useMemo(
    () =>
      throttle(() => {
        const [ids, all] = [[...written.current], everything.current];
        written.current = new Set();
        everything.current = false;
        // A failure shows in the connection state; the next event makes up for it.
        update(queries, ids, all, unlisted.current, shown.current).catch(() => {
          everything.current = true;
        });
      }, everyMilliseconds),
    [queries],
  );
  useEffect(() => work.cancel, [work]);
  return useWrites(true, (ids) => {
    const begins = first.current;
    first.current = false;
    for (const id of ids) written.current.add(id);
    // None: listening (re)started, so changes may have been missed. The initial data is fresh enough.
    if (ids.length === 0) everything.current = !begins;
    if (ids.length > 0 || !begins) work.ask();
  });
}
