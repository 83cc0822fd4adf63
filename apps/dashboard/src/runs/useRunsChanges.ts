'use client';
/** Keeps the table of runs up to date: a run that was written to is asked for again, a new one brings its list anew. */
import { useEffect, useMemo, useRef } from 'react';
import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import {
  RunsDocument,
  RunsUpdatedDocument,
  RunTrajectoriesDocument,
  type RunsQuery,
  type RunStatus,
  type RunsUpdatedSubscription,
} from '@ritz/client';
import type { LiveState } from '../live/follow.ts';
import { throttle } from '../live/throttle.ts';
import { useFollow } from '../live/useFollow.ts';
import { request } from '../query/useApi.ts';
import { replaceRuns } from './replaceRuns.ts';

/** At most this often, in milliseconds. */
const EVERY = 1500;
/** More runs than this are not asked for one by one. */
const MOST = 50;

/** Status of the runs that were written to and have no place in the lists, as they were when the lists were last asked for. */
type Unlisted = Map<string, RunStatus | null>;

async function update(
  queries: QueryClient,
  written: readonly string[],
  all: boolean,
  unlisted: Unlisted,
): Promise<void> {
  if (all || written.length > MOST) {
    await queries.invalidateQueries();
    return;
  }
  const { runs } = await request(RunsDocument, { filter: { ids: [...written] }, first: MOST });
  const found = new Map(runs.nodes.map((run) => [run.id, run]));
  const listed = new Set<string>();
  const replaced = (page: RunsQuery): RunsQuery => replaceRuns(page, found, listed);
  queries.setQueriesData<InfiniteData<RunsQuery>>(
    { queryKey: ['runs'] },
    (list) => list && { ...list, pages: list.pages.map(replaced) },
  );
  queries.setQueriesData<RunsQuery>({ queryKey: ['runs of group'] }, (page) => page && replaced(page));
  // Of a run that is new, deleted, or of another status the place in the lists is not known here.
  // Once the lists were asked for again without it, a run that stays as it is changes nothing there.
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

export function useRunsChanges(): LiveState | null {
  const queries = useQueryClient();
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
        // What fails now is told by the state of the connection, and made good by the next event.
        update(queries, ids, all, unlisted.current).catch(() => {
          everything.current = true;
        });
      }, EVERY),
    [queries],
  );
  useEffect(() => work.cancel, [work]);
  return useFollow(
    RunsUpdatedDocument,
    {},
    {
      on: true,
      onEvent: ({ runsUpdated }: RunsUpdatedSubscription) => {
        const begins = first.current;
        first.current = false;
        for (const id of runsUpdated) written.current.add(id);
        // Empty: listening began (anew), or writes may have been missed. What the page came with is fresh enough.
        if (runsUpdated.length === 0) everything.current = !begins;
        if (runsUpdated.length > 0 || !begins) work.ask();
      },
    },
  );
}
