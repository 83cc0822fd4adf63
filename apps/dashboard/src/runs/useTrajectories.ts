'use client';
/** How the outliers of the runs of a table moved; asked for in small groups, so that the first come soon. */
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { RunTrajectoriesDocument, type RunTrajectoriesQuery } from '@ritz/client';
import { liveQuery } from '../query/useApi.ts';
import { useStable } from '../query/useStable.ts';
import type { ListedRun } from './useRuns.ts';

export type Trajectory = RunTrajectoriesQuery['runs']['nodes'][number]['trajectory'];

const GROUP = 10;

/**
 * Of the runs from position `first` to `last`, by run id; a run whose answer is not there yet is missing. Groups begin at the
 * same positions wherever one looks, so that scrolling back asks for nothing.
 */
export function useTrajectories(
  runs: readonly ListedRun[],
  first: number,
  last: number,
): ReadonlyMap<string, Trajectory> {
  const groups: string[][] = [];
  for (let start = first - (first % GROUP); start <= last; start += GROUP) {
    const measured = runs.slice(start, start + GROUP).filter(({ spectrumCount }) => spectrumCount > 0);
    if (measured.length > 0) groups.push(measured.map(({ id }) => id));
  }
  const answers = useQueries({
    queries: groups.map((ids) => liveQuery(RunTrajectoriesDocument, { ids, first: GROUP })),
  });
  const arrived = useStable(answers.map(({ data }) => data));
  return useMemo(
    () => new Map(arrived.flatMap((data) => data?.runs.nodes.map((run) => [run.id, run.trajectory] as const) ?? [])),
    [arrived],
  );
}
