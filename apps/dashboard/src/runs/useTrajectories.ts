'use client';
/** How the outliers of the runs of a table moved; asked for in small groups, so that the first come soon. */
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { RunTrajectoriesDocument, type RunTrajectoriesQuery } from '@ritz/client';
import { liveQuery } from '../query/useApi.ts';
import { useStable } from '../query/useStable.ts';
import type { TableRow } from './tableRows.ts';

export type Trajectory = RunTrajectoriesQuery['runs']['nodes'][number]['trajectory'];

const GROUP = 10;

/**
 * Of the runs in the rows from `first` to `last`, by run id; a run whose answer is not there yet is missing. Groups begin at the
 * same positions wherever one looks, so that scrolling back asks for nothing; nothing is asked for while rows fly by.
 */
export function useTrajectories(
  rows: readonly TableRow[],
  first: number,
  last: number,
  moving: boolean,
): ReadonlyMap<string, Trajectory> {
  const groups: string[][] = [];
  for (let start = first - (first % GROUP); start <= last; start += GROUP) {
    const measured = rows
      .slice(start, start + GROUP)
      .flatMap((row) => (row.kind === 'run' && row.run.spectrumCount > 0 ? row.run.id : []));
    if (measured.length > 0) groups.push(measured);
  }
  const answers = useQueries({
    queries: groups.map((ids) => ({
      ...liveQuery(RunTrajectoriesDocument, { ids, first: GROUP }),
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
