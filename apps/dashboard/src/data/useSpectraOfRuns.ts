'use client';
/** Spectra of several runs, each at a step of its own: one request for each step, and none for what is known. */
import { useEffect } from 'react';
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { measuredSpectrum, type MeasuredSpectrum } from '@ritz/charts';
import { SpectraOfRunsDocument } from '@ritz/client';
import type { SpectraOf } from './useSpectraTogether.ts';
import { request } from './useApi.ts';

/** A spectrum and where it was measured. */
export interface PlacedOfRun {
  readonly id: string;
  readonly runId: string;
  readonly step: number;
}

/** With what was measured there. */
interface MeasuredOfRun extends PlacedOfRun {
  readonly measured: MeasuredSpectrum;
}

export interface SpectraOfRuns {
  /** The last selection that has arrived; null before the first. */
  readonly spectra: readonly MeasuredOfRun[] | null;
  readonly error: Error | null;
  readonly retry: () => void;
}

async function fetchPlaced(
  queries: QueryClient,
  of: SpectraOf,
  wanted: readonly PlacedOfRun[],
  signal: AbortSignal,
): Promise<readonly MeasuredOfRun[]> {
  const keyOf = (id: string) => ['measured spectrum', id] as const;
  const missing = wanted.filter(({ id }) => queries.getQueryData(keyOf(id)) === undefined);
  const runsAt = new Map<number, string[]>();
  for (const { runId, step } of missing) runsAt.set(step, [...(runsAt.get(step) ?? []), runId]);
  await Promise.all(
    [...runsAt].map(async ([step, ids]) => {
      const { runs } = await request(
        SpectraOfRunsDocument,
        { ids, first: ids.length, steps: [step], ...of },
        { signal },
      );
      for (const { spectra } of runs.nodes) {
        for (const found of spectra) queries.setQueryData(keyOf(found.id), measuredSpectrum(found));
      }
    }),
  );
  return wanted.flatMap((placed) => {
    const measured = queries.getQueryData<MeasuredSpectrum>(keyOf(placed.id));
    return measured ? [{ ...placed, measured }] : [];
  });
}

function spectraQuery(queries: QueryClient, of: SpectraOf, wanted: readonly PlacedOfRun[]) {
  return {
    queryKey: ['spectra of runs', JSON.stringify(of), wanted.map(({ id }) => id).join(' ')] as const,
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => fetchPlaced(queries, of, wanted, signal),
    staleTime: Infinity,
    structuralSharing: false,
  };
}

/** @param ahead selections that will probably be asked for next */
export function useSpectraOfRuns(
  of: SpectraOf,
  wanted: readonly PlacedOfRun[],
  ahead: readonly (readonly PlacedOfRun[])[],
): SpectraOfRuns {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    ...spectraQuery(queries, of, wanted),
    // What is drawn meanwhile says itself of which steps it is; it is never of another matrix.
    placeholderData: (before, previous) => (previous?.queryKey[1] === JSON.stringify(of) ? before : undefined),
  });
  const arrived = data !== undefined;
  useEffect(() => {
    if (!arrived) return;
    for (const next of ahead) void queries.prefetchQuery(spectraQuery(queries, of, next));
  }, [queries, of, ahead, arrived]);
  return { spectra: data ?? null, error, retry: () => void refetch() };
}
