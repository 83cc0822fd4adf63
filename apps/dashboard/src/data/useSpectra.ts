'use client';
/** Measured spectra by id; immutable, so fetched once. */
import { useEffect, useMemo } from 'react';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { measuredSpectrum, type MeasuredSpectrum } from '@ritz/charts';
import { SpectrumProbesDocument, type SpectrumProbesQuery } from '@ritz/client';
import { apiQuery } from './useApi.ts';
import { useStable } from './useStable.ts';

export interface MeasuredSpectra {
  /** By id; pending ones are missing. Referentially stable until another arrives. */
  readonly measured: ReadonlyMap<string, MeasuredSpectrum>;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** One object per answer, so that derived values can be cached by identity. */
const known = new WeakMap<SpectrumProbesQuery, MeasuredSpectrum | null>();

function read(answer: SpectrumProbesQuery): MeasuredSpectrum | null {
  const found = known.get(answer);
  if (found !== undefined) return found;
  const measured = answer.spectrum && measuredSpectrum(answer.spectrum);
  known.set(answer, measured);
  return measured;
}

function spectrumQuery(id: string) {
  return {
    ...apiQuery(SpectrumProbesDocument, { id }, { staleTime: Infinity }),
    select: read,
    structuralSharing: false,
  };
}

export function useSpectra(asked: readonly string[]): MeasuredSpectra {
  const ids = useStable(asked);
  const answers = useQueries({ queries: ids.map(spectrumQuery) });
  const arrived = useStable(answers.map(({ data }) => data ?? null));
  const measured = useMemo(
    () =>
      new Map(
        arrived.flatMap((spectrum, index): [string, MeasuredSpectrum][] => {
          const id = ids[index];
          return spectrum && id !== undefined ? [[id, spectrum]] : [];
        }),
      ),
    [arrived, ids],
  );
  const failed = answers.filter(({ error }) => error !== null);
  return {
    measured,
    error: failed[0]?.error ?? null,
    retry: () => {
      for (const { refetch } of failed) void refetch();
    },
  };
}

/**
 * Prefetches spectra. Pending requests are aborted when the page is left, since browsers allow six connections per host.
 */
export function useSpectraAhead(asked: readonly string[]): void {
  const queries = useQueryClient();
  const ids = useStable(asked);
  useEffect(() => {
    for (const id of ids) void queries.prefetchQuery(spectrumQuery(id));
  }, [queries, ids]);
  useEffect(
    () => () => void queries.cancelQueries({ queryKey: [SpectrumProbesDocument.toString()], type: 'inactive' }),
    [queries],
  );
}
