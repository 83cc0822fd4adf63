'use client';
/** How sure the values along the trainings are: asked for after the curves, which do not wait for it. */
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { RunOutliersDocument, type RunOutliersQuery } from '@ritz/client';
import { COMPARE_POINTS } from '../query/lists.ts';
import { apiQuery } from '../query/useApi.ts';
import { useStable } from '../query/useStable.ts';
import type { NamedRun } from './NamedRun.ts';

/** What is known of one spectrum of a run: residuals of its outliers, and the error of its negative mass. */
export type SpectrumErrors = NonNullable<RunOutliersQuery['run']>['spectra'][number];

/** By run id, then by step. */
export type ErrorBounds = ReadonlyMap<string, ReadonlyMap<number, SpectrumErrors>>;

/** What is on its way is missing. */
export function useErrorBounds(runs: readonly NamedRun[]): ErrorBounds {
  const answers = useQueries({
    queries: runs.map(({ run, id }) =>
      apiQuery(
        RunOutliersDocument,
        { id, maxPoints: COMPARE_POINTS },
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
