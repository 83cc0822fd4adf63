'use client';
/** The point of training at which runs are compared: the alignment and the position. */
import { useCallback, useMemo } from 'react';
import { parseAsBoolean, parseAsFloat, parseAsInteger, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { alignmentPointAt, alignmentPointsOf, trackOf, type Alignment, type Track } from '@ritz/charts';
import { alignedRun, type NamedRun } from './NamedRun.ts';

const slow = { throttleMs: 120 } as const;
const alignments = ['STEP', 'PROGRESS', 'EPOCH', 'LOSS', 'LR_PHASE'] as const satisfies readonly Alignment[];

const state = {
  align: parseAsStringLiteral(alignments).withDefault('STEP'),
  at: parseAsFloat.withOptions(slow),
  /** As on the page of a run; `at` goes first. */
  step: parseAsInteger,
  exact: parseAsBoolean.withDefault(false),
};

export interface AlignmentPoint {
  readonly alignment: Alignment;
  /** True: only runs measured at exactly this point. False: each run at its nearest spectrum. */
  readonly exact: boolean;
  /** One for each run, in their order. */
  readonly tracks: readonly Track[];
  /** All selectable positions, in training order. */
  readonly positions: readonly number[];
  /** Null = nothing was measured. */
  readonly position: number | null;
  readonly setAlignment: (alignment: Alignment) => void;
  readonly setExact: (exact: boolean) => void;
  readonly setPosition: (position: number) => void;
  /** Aligns by step and selects this one. */
  readonly setStep: (step: number) => void;
}

export function useAlignmentPoint(runs: readonly NamedRun[]): AlignmentPoint {
  const [{ align, at: written, step, exact }, setState] = useQueryStates(state);
  const at = written ?? (align === 'STEP' ? step : null);
  const tracks = useMemo(
    () =>
      runs.map(({ run }) =>
        trackOf(
          alignedRun(run),
          run.spectra.map(({ id, step }) => ({ id, step: step.number })),
          align,
        ),
      ),
    [runs, align],
  );
  const positions = useMemo(() => alignmentPointsOf(tracks, align), [tracks, align]);
  const setStep = useCallback((step: number) => void setState({ align: 'STEP', at: step }), [setState]);
  return {
    alignment: align,
    exact,
    tracks,
    positions,
    position: alignmentPointAt(tracks, align, at),
    // Positions of the previous alignment have another unit.
    setAlignment: (next) => void setState({ align: next, at: null }),
    setExact: (next) => void setState({ exact: next }),
    setPosition: (next) => void setState({ at: next }),
    setStep,
  };
}
