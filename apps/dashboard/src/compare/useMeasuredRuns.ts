'use client';
/** The spectra of the compared runs that stand at a moment, and those around it, so that moving on waits for nothing. */
import { useMemo } from 'react';
import { spectraAt } from '@ritz/charts';
import { useSpectra, useSpectraAhead } from '../query/useSpectra.ts';
import type { MeasuredRun, NamedRun } from './NamedRun.ts';
import type { Moment } from './useMoment.ts';

/** Moments that are fetched ahead in either direction. */
const AHEAD = 3;

export interface MeasuredRuns {
  /** In the order of the runs; those on their way are missing. */
  readonly present: readonly MeasuredRun[];
  /** Runs with no spectrum at the moment. */
  readonly absent: readonly NamedRun[];
  readonly error: Error | null;
  readonly retry: () => void;
}

export function useMeasuredRuns(runs: readonly NamedRun[], moment: Moment): MeasuredRuns {
  const { tracks, position, positions, exact } = moment;
  const standing = useMemo(
    () => (position === null ? runs.map(() => null) : spectraAt(tracks, position, exact)),
    [runs, tracks, position, exact],
  );
  const { measured, error, retry } = useSpectra(standing.flatMap((one) => one?.id ?? []));

  const around = useMemo(() => {
    const at = position === null ? -1 : positions.indexOf(position);
    const near = at < 0 ? [] : positions.slice(Math.max(0, at - AHEAD), at + AHEAD + 1);
    return near.flatMap((moment) => spectraAt(tracks, moment, exact).flatMap((one) => one?.id ?? []));
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
