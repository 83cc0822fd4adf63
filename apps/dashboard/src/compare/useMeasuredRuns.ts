'use client';
/** The compared runs' spectra at the alignment point, with neighbouring points prefetched. */
import { useMemo } from 'react';
import { spectraAt } from '@ritz/charts';
import { useSpectraOfRuns, type PlacedOfRun } from '../data/useSpectraOfRuns.ts';
import type { Curvature } from '../run/spectra.ts';
import type { MeasuredRun, NamedRun } from './NamedRun.ts';
import type { AlignmentPoint } from './useAlignmentPoint.ts';

/** Points prefetched in each direction, of few runs and of many. */
const ahead = { few: 3, many: 1 };
const fewRuns = 8;

export interface MeasuredRuns {
  /** In run order; until the spectra at a new point have arrived, those at the last one, each with its step. */
  readonly present: readonly MeasuredRun[];
  /** Runs without a spectrum at the alignment point. */
  readonly absent: readonly NamedRun[];
  readonly error: Error | null;
  readonly retry: () => void;
}

export function useMeasuredRuns(runs: readonly NamedRun[], point: AlignmentPoint, curvature: Curvature): MeasuredRuns {
  const { tracks, position, positions, exact } = point;
  const standing = useMemo(
    () => (position === null ? runs.map(() => null) : spectraAt(tracks, position, exact)),
    [runs, tracks, position, exact],
  );
  const placed = useMemo(() => {
    const ofRuns = (at: readonly ({ readonly id: string; readonly step: number } | null)[]): PlacedOfRun[] =>
      at.flatMap((one, index) => {
        const runId = runs[index]?.id;
        return one && runId !== undefined ? [{ id: one.id, runId, step: one.step }] : [];
      });
    const at = position === null ? -1 : positions.indexOf(position);
    const reach = runs.length > fewRuns ? ahead.many : ahead.few;
    const near = at < 0 ? [] : positions.slice(Math.max(0, at - reach), at + reach + 1);
    return {
      here: ofRuns(standing),
      near: near.filter((other) => other !== position).map((other) => ofRuns(spectraAt(tracks, other, exact))),
    };
  }, [runs, tracks, positions, position, exact, standing]);
  const { spectra, error, retry } = useSpectraOfRuns(curvature, placed.here, placed.near);

  const present = useMemo(() => {
    const arrived = new Map(spectra?.map((one) => [one.runId, one]));
    return runs.flatMap((named): MeasuredRun[] => {
      const one = arrived.get(named.id);
      const conditions = named.run.spectra.find(({ id }) => id === one?.id);
      return one && conditions ? [{ ...named, step: one.step, measured: one.measured, conditions }] : [];
    });
  }, [runs, spectra]);
  return { present, absent: runs.filter((_unused, index) => standing[index] === null), error, retry };
}
