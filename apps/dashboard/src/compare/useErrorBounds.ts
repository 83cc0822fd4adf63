'use client';
/** Error bounds of the trajectories, fetched after the curves so that they do not wait. */
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { OutliersOfRunsDocument, type OutliersOfRunsQuery } from '@ritz/client';
import { apiQuery } from '../data/useApi.ts';
import { useStable } from '../data/useStable.ts';
import type { Curvature } from '../run/spectra.ts';
import type { NamedRun } from './NamedRun.ts';

/** Error information of one spectrum: residuals of its outliers and the standard error of its negative mass. */
export type SpectrumErrors = OutliersOfRunsQuery['runs']['nodes'][number]['spectra'][number];

/** By run id, then by step. */
export type ErrorBounds = ReadonlyMap<string, ReadonlyMap<number, SpectrumErrors>>;

/** Runs of one request: the API's cost limit allows few more. */
const atOnce = 10;

/** Pending answers are missing; none where they are not `wanted`. */
export function useErrorBounds(runs: readonly NamedRun[], curvature: Curvature, wanted: boolean): ErrorBounds {
  const parts = Array.from({ length: wanted ? Math.ceil(runs.length / atOnce) : 0 }, (_unused, index) =>
    runs.slice(index * atOnce, (index + 1) * atOnce),
  );
  const answers = useQueries({
    queries: parts.map((part) =>
      apiQuery(
        OutliersOfRunsDocument,
        { ids: part.map(({ id }) => id), first: part.length, ...curvature },
        { newest: part.map(({ run }) => run.trajectory.step.at(-1)).join(' '), staleTime: Infinity },
      ),
    ),
  });
  const arrived = useStable(answers.map(({ data }) => data ?? null));
  return useMemo(
    () =>
      new Map(
        arrived.flatMap(
          (data) =>
            data?.runs.nodes.map(
              ({ id, spectra }) => [id, new Map(spectra.map((one) => [one.step.number, one]))] as const,
            ) ?? [],
        ),
      ),
    [arrived],
  );
}
