'use client';
/** Densities of the last spectra of the runs in sight on a few points: one request for a screen of rows. */
import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { RunGlyphsDocument, type RunGlyphsQuery } from '@ritz/client';
import { liveQuery } from '../data/useApi.ts';
import { useStable } from '../data/useStable.ts';
import type { TableRow } from './tableRows.ts';

export type Glyph = NonNullable<RunGlyphsQuery['runs']['nodes'][number]['latestSpectrum']>;

/** Rows of one request, a screen or more. */
const group = 50;
/** About two a CSS pixel, so that no peak falls between them. */
const points = 128;

/** By run id; those of runs that changed are asked for again, see `newest`. */
export function useGlyphs(
  rows: readonly TableRow[],
  first: number,
  last: number,
  moving: boolean,
): ReadonlyMap<string, Glyph> {
  const groups: { readonly ids: string[]; readonly newest: string }[] = [];
  for (let start = first - (first % group); start <= last; start += group) {
    const measured = rows
      .slice(start, start + group)
      .flatMap((row) => (row.kind === 'run' && row.run.spectrumCount > 0 ? row.run : []));
    if (measured.length === 0) continue;
    // Another number of spectra: the last one may be another.
    groups.push({
      ids: measured.map(({ id }) => id),
      newest: measured.map(({ spectrumCount }) => spectrumCount).join(' '),
    });
  }
  const answers = useQueries({
    queries: groups.map(({ ids, newest }) => {
      const query = liveQuery(RunGlyphsDocument, { ids, first: group, points });
      return { ...query, queryKey: [...query.queryKey, newest], staleTime: Infinity, enabled: !moving };
    }),
  });
  const arrived = useStable(answers.map(({ data }) => data));
  return useMemo(
    () =>
      new Map(
        arrived.flatMap(
          (data) =>
            data?.runs.nodes.flatMap(({ id, latestSpectrum }) =>
              latestSpectrum ? [[id, latestSpectrum] as const] : [],
            ) ?? [],
        ),
      ),
    [arrived],
  );
}
