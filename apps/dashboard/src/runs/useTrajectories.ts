'use client';
/** Outlier trajectories of the runs in the table, fetched in small groups so that the first arrive soon. */
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { RunTrajectoriesDocument, type RunTrajectoriesQuery } from '@ritz/client';
import { liveQuery } from '../data/useApi.ts';
import { useStable } from '../data/useStable.ts';
import type { TableRow } from './tableRows.ts';

export type Trajectory = RunTrajectoriesQuery['runs']['nodes'][number]['trajectory'];

const group = 10;

/**
 * Trajectories of rows `first` to `last` by run id; pending ones are missing. Groups have fixed boundaries, so that scrolling back hits the cache; nothing is fetched while scrolling fast.
 */
export function useTrajectories(
  rows: readonly TableRow[],
  first: number,
  last: number,
  moving: boolean,
): ReadonlyMap<string, Trajectory> {
  const groups: string[][] = [];
  for (let start = first - (first % group); start <= last; start += group) {
    const measured = rows
      .slice(start, start + group)
      .flatMap((row) => (row.kind === 'run' && row.run.spectrumCount > 0 ? row.run.id : []));
    if (measured.length > 0) groups.push(measured);
  }
  const answers = useQueries({
    queries: groups.map((ids) => ({
      ...liveQuery(RunTrajectoriesDocument, { ids, first: group }),
      staleTime: Infinity,
      enabled: !moving,
    })),
  });
  const arrived = useStable(answers.map(({ data }) => data));
  return useMemo(
    () => new Map(arrived.flatMap((data) => data?.runs.nodes.map((run) => [run.id, run.trajectory] as const) ?? [])),
    [arrived],
  );
}
