'use client';
/** The compared runs' spectra at the alignment point, with neighbouring points prefetched. */
import { useMemo } from 'react';
import { spectraAt } from '@ritz/charts';
import { useSpectra, useSpectraAhead } from '../data/useSpectra.ts';
import type { MeasuredRun, NamedRun } from './NamedRun.ts';
import type { AlignmentPoint } from './useAlignmentPoint.ts';

/** Points prefetched in each direction. */
const ahead = 3;

export interface MeasuredRuns {
  /** In run order; pending ones are missing. */
  readonly present: readonly MeasuredRun[];
  /** Runs without a spectrum at the alignment point. */
  readonly absent: readonly NamedRun[];
  readonly error: Error | null;
  readonly retry: () => void;
}

export function useMeasuredRuns(runs: readonly NamedRun[], point: AlignmentPoint): MeasuredRuns {
  const { tracks, position, positions, exact } = point;
  const standing = useMemo(
    () => (position === null ? runs.map(() => null) : spectraAt(tracks, position, exact)),
    [runs, tracks, position, exact],
  );
  const { measured, error, retry } = useSpectra(standing.flatMap((one) => one?.id ?? []));

  const around = useMemo(() => {
    const at = position === null ? -1 : positions.indexOf(position);
    const near = at < 0 ? [] : positions.slice(Math.max(0, at - ahead), at + ahead + 1);
    return near.flatMap((point) => spectraAt(tracks, point, exact).flatMap((one) => one?.id ?? []));
  }, [tracks, positions, position, exact]);
  useSpectraAhead(around);

  const present = useMemo(
    () =>
      runs.flatMap((named, index): MeasuredRun[] => {
        const placed = standing[index];
        const spectrum = placed && measured.get(placed.id);
        const conditions = named.run.spectra.find(({ id }) => id === placed?.id);
        return spectrum && conditions ? [{ ...named, step: placed.step, measured: spectrum, conditions }] : [];
      }),
    [runs, standing, measured],
  );
  return { present, absent: runs.filter((_unused, index) => standing[index] === null), error, retry };
}
