'use client';
/** The spectra of many steps of a run in one request; those that are known already are not asked for again. */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { measuredSpectrum, weightedNodes, type MeasuredSpectrum, type SpectrumOfStep } from '@ritz/charts';
import { RunSpectraDocument, SpectrumProbesDocument, type RunSpectraQueryVariables } from '@ritz/client';
import { liveQuery, request } from './useApi.ts';

/** What the spectra are of, in the form the API takes. */
export type SpectraOf = Omit<RunSpectraQueryVariables, 'id' | 'steps'>;

export interface SpectraTogether {
  /** Null until all have arrived; those of the last selection until then. */
  readonly spectra: readonly SpectrumOfStep[] | null;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Milliseconds of work before the browser may answer its user. */
const sliceMs = 12;

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 0);
  });

/** Decomposes them a few at a time, so that drawing them does not have to. */
async function decompose(spectra: Iterable<MeasuredSpectrum>, signal: AbortSignal): Promise<void> {
  let began = performance.now();
  for (const spectrum of spectra) {
    weightedNodes(spectrum);
    if (performance.now() - began < sliceMs) continue;
    await pause();
    signal.throwIfAborted();
    began = performance.now();
  }
}

async function fetchTogether(
  queries: QueryClient,
  id: string,
  of: SpectraOf,
  spectra: ReadonlyMap<number, string>,
  signal: AbortSignal,
): Promise<readonly SpectrumOfStep[]> {
  const keyOf = (spectrum: string) => liveQuery(SpectrumProbesDocument, { id: spectrum }).queryKey;
  const known = queries.getQueryData<ReadonlyMap<string, MeasuredSpectrum>>(['measured spectra', id]) ?? new Map();
  const missing = [...spectra].filter(([, spectrum]) => !known.has(spectrum)).map(([step]) => step);
  const all = new Map<string, MeasuredSpectrum>(known);
  if (missing.length > 0) {
    const { run } = await request(RunSpectraDocument, { id, ...of, steps: missing }, { signal });
    for (const found of run?.spectra ?? []) {
      // The same spectrum at the slider needs no request of its own.
      queries.setQueryData(keyOf(found.id), { spectrum: found });
      all.set(found.id, measuredSpectrum(found));
    }
    queries.setQueryData(['measured spectra', id], all);
  }
  const wanted = [...spectra].flatMap(([step, spectrum]) => {
    const measured = all.get(spectrum);
    return measured ? [{ step, measured }] : [];
  });
  await decompose(
    wanted.map(({ measured }) => measured),
    signal,
  );
  return wanted;
}

/** @param spectra ids of the wanted spectra by step, ascending */
export function useSpectraTogether(id: string, of: SpectraOf, spectra: ReadonlyMap<number, string>): SpectraTogether {
  const queries = useQueryClient();
  const own = JSON.stringify([id, of]);
  const { data, error, refetch } = useQuery({
    queryKey: ['spectra together', own, [...spectra.values()].join(' ')],
    queryFn: ({ signal }) => fetchTogether(queries, id, of, spectra, signal),
    staleTime: Infinity,
    // Those of another run or operator are never drawn in the meantime.
    placeholderData: (before, previous) => (previous?.queryKey[1] === own ? before : undefined),
    structuralSharing: false,
  });
  return { spectra: data ?? null, error, retry: () => void refetch() };
}
