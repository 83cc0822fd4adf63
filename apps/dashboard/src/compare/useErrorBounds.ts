'use client';
/** Error bounds of the trajectories, fetched after the curves so that they do not wait. */
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { RunOutliersDocument, type RunOutliersQuery } from '@ritz/client';
import { comparePoints } from '../data/lists.ts';
import { apiQuery } from '../data/useApi.ts';
import { useStable } from '../data/useStable.ts';
import type { NamedRun } from './NamedRun.ts';

/** Error information of one spectrum: residuals of its outliers and the standard error of its negative mass. */
export type SpectrumErrors = NonNullable<RunOutliersQuery['run']>['spectra'][number];

/** By run id, then by step. */
export type ErrorBounds = ReadonlyMap<string, ReadonlyMap<number, SpectrumErrors>>;

/** Pending answers are missing. */
export function useErrorBounds(runs: readonly NamedRun[]): ErrorBounds {
  const answers = useQueries({
    queries: runs.map(({ run, id }) =>
      apiQuery(
        RunOutliersDocument,
        { id, maxPoints: comparePoints, operator: 'HESSIAN', block: 'all', preconditioner: 'NONE' },
        { newest: run.trajectory.step.at(-1), staleTime: Infinity },
      ),
    ),
  });
  const arrived = useStable(answers.map(({ data }) => data?.run?.spectra ?? null));
  return useMemo(
    () =>
      new Map(
        runs.map(
          ({ id }, index) => [id, new Map((arrived[index] ?? []).map((one) => [one.step.number, one]))] as const,
        ),
      ),
    [runs, arrived],
  );
}
