'use client';
/** How the outliers of the runs of a table moved; asked for in small groups, so that the first come soon. */
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { RunTrajectoriesDocument, type RunTrajectoriesQuery } from '@ritz/client';
import { apiQuery } from '../query/useApi.ts';
import { useStable } from '../query/useStable.ts';

export type Trajectory = RunTrajectoriesQuery['runs']['nodes'][number]['trajectory'];

const GROUP = 10;

/** By run id; a run whose answer is not there yet is missing. */
export function useTrajectories(ids: readonly string[]): ReadonlyMap<string, Trajectory> {
  const groups = Array.from({ length: Math.ceil(ids.length / GROUP) }, (_unused, index) =>
    ids.slice(index * GROUP, (index + 1) * GROUP),
  );
  const answers = useQueries({
    queries: groups.map((group) => apiQuery(RunTrajectoriesDocument, { ids: group, first: GROUP })),
  });
  const arrived = useStable(answers.map(({ data }) => data));
  return useMemo(
    () => new Map(arrived.flatMap((data) => data?.runs.nodes.map((run) => [run.id, run.trajectory] as const) ?? [])),
    [arrived],
  );
}
