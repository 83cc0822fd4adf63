/** Which spectra of several runs are shown together, and at which points of training. */
import { falls, lastCommonPosition, nearestPosition, positionOf, type AlignedRun, type Alignment } from '@ritz/spectra';
import { formatNumber, formatShare } from './formatNumber.ts';

export type { AlignedRun, Alignment };

export interface PlacedSpectrum {
  readonly id: string;
  readonly step: number;
  /** Position on the alignment axis. */
  readonly position: number;
}

/** All spectra of one run that have a position, in any order. */
export type Track = readonly PlacedSpectrum[];

export function trackOf(
  run: AlignedRun,
  spectra: readonly Pick<PlacedSpectrum, 'id' | 'step'>[],
  alignment: Alignment,
): Track {
  const place = positionOf(run, alignment);
  return spectra.flatMap(({ id, step }) => {
    const position = place(step);
    return position === null ? [] : [{ id, step, position }];
  });
}

/** All positions of the runs' spectra in training order: ascending, except descending for the loss. */
export function alignmentPointsOf(tracks: readonly Track[], alignment: Alignment): number[] {
  const positions = [...new Set(tracks.flat().map(({ position }) => position))];
  return positions.sort((a, b) => (falls[alignment] ? b - a : a - b));
}

/** The point nearest to the wanted one; by default the last that all runs have reached. Null without spectra. */
export function alignmentPointAt(tracks: readonly Track[], alignment: Alignment, wanted: number | null): number | null {
  const position = wanted ?? lastCommonPosition(tracks, alignment);
  return position === null ? null : (nearestPosition(tracks.flat(), position)?.position ?? null);
}

/** For each run, its spectrum at a point: the nearest, or with `exact` one at this very position; null if none. */
export function spectraAt(tracks: readonly Track[], point: number, exact: boolean): (PlacedSpectrum | null)[] {
  return tracks.map((track) => nearestPosition(track, point, exact ? 0 : Infinity));
}

/** `step 1,000`, `25.0 % of training`, `epoch 3.5`, `training loss 0.21`, `phase 1.5 of the schedule`. */
export function describePoint(alignment: Alignment, position: number): string {
  switch (alignment) {
    case 'STEP':
      return `step ${formatNumber(position)}`;
    case 'PROGRESS':
      return `${formatShare(position)} of training`;
    case 'EPOCH':
      return `epoch ${formatNumber(position, 3)}`;
    case 'LOSS':
      return `training loss ${formatNumber(position, 3)}`;
    case 'LR_PHASE':
      return `phase ${formatNumber(position, 3)} of the schedule`;
  }
}
