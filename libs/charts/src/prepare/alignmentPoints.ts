/** Which spectra of several runs stand side by side, and at which moments. */
import { lastCommonPosition, nearestPosition, positionOf, type AlignedRun, type Alignment } from '@ritz/spectra';
import { formatNumber, formatShare } from './formatNumber.ts';

export type { AlignedRun, Alignment };

export interface PlacedSpectrum {
  readonly id: string;
  readonly step: number;
  /** Where it stands on the axis of the alignment. */
  readonly position: number;
}

/** All measured spectra of one run that have a position, in any order. */
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

/** Every position where a spectrum of any run stands, in the order of training: ascending, but falling for the loss. */
export function momentsOf(tracks: readonly Track[], alignment: Alignment): number[] {
  const positions = [...new Set(tracks.flat().map(({ position }) => position))];
  return positions.sort((a, b) => (alignment === 'LOSS' ? b - a : a - b));
}

/** The moment nearest to the wanted one; without a wish, the last that all runs have reached. Null without spectra. */
export function momentAt(tracks: readonly Track[], alignment: Alignment, wanted: number | null): number | null {
  const position = wanted ?? lastCommonPosition(tracks, alignment);
  return position === null ? null : (nearestPosition(tracks.flat(), position)?.position ?? null);
}

/** For each run its spectrum at a moment: the nearest, or, if `exact`, one that stands right there; null = none. */
export function spectraAt(tracks: readonly Track[], moment: number, exact: boolean): (PlacedSpectrum | null)[] {
  return tracks.map((track) => nearestPosition(track, moment, exact ? 0 : Infinity));
}

/** `step 1,000`, `25.0 % of the training`, `epoch 3.5`, `training loss 0.21`, `phase 1.5 of the schedule`. */
export function describeMoment(alignment: Alignment, position: number): string {
  switch (alignment) {
    case 'STEP':
      return `step ${formatNumber(position)}`;
    case 'PROGRESS':
      return `${formatShare(position)} of the training`;
    case 'EPOCH':
      return `epoch ${formatNumber(position, 3)}`;
    case 'LOSS':
      return `training loss ${formatNumber(position, 3)}`;
    case 'LR_PHASE':
      return `phase ${formatNumber(position, 3)} of the schedule`;
  }
}
