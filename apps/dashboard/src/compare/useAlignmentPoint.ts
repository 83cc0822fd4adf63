'use client';
/** The moment of their trainings at which runs are compared: what counts as the same one, and where it is. */
import { useCallback, useMemo } from 'react';
import { parseAsBoolean, parseAsFloat, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { momentAt, momentsOf, trackOf, type Alignment, type Track } from '@ritz/charts';
import { alignedRun, hessianSpectra, type NamedRun } from './NamedRun.ts';

const SLOW = { throttleMs: 120 } as const;
const ALIGNMENTS = ['STEP', 'PROGRESS', 'EPOCH', 'LOSS', 'LR_PHASE'] as const satisfies readonly Alignment[];

const state = {
  align: parseAsStringLiteral(ALIGNMENTS).withDefault('STEP'),
  at: parseAsFloat.withOptions(SLOW),
  exact: parseAsBoolean.withDefault(false),
};

export interface Moment {
  readonly alignment: Alignment;
  /** Only runs that were measured right there; otherwise each at its nearest spectrum. */
  readonly exact: boolean;
  /** One for each run, in their order. */
  readonly tracks: readonly Track[];
  /** Every position that can be chosen, in the order of training. */
  readonly positions: readonly number[];
  /** Null = nothing was measured. */
  readonly position: number | null;
  readonly setAlignment: (alignment: Alignment) => void;
  readonly setExact: (exact: boolean) => void;
  readonly setPosition: (position: number) => void;
  /** Goes to a step, whatever the alignment was. */
  readonly setStep: (step: number) => void;
}

export function useMoment(runs: readonly NamedRun[]): Moment {
  const [{ align, at, exact }, setState] = useQueryStates(state);
  const tracks = useMemo(
    () =>
      runs.map(({ run }) =>
        trackOf(
          alignedRun(run),
          hessianSpectra(run).map(({ id, step }) => ({ id, step: step.number })),
          align,
        ),
      ),
    [runs, align],
  );
  const positions = useMemo(() => momentsOf(tracks, align), [tracks, align]);
  const setStep = useCallback((step: number) => void setState({ align: 'STEP', at: step }), [setState]);
  return {
    alignment: align,
    exact,
    tracks,
    positions,
    position: momentAt(tracks, align, at),
    // Another unit: where it was means nothing there.
    setAlignment: (next) => void setState({ align: next, at: null }),
    setExact: (next) => void setState({ exact: next }),
    setPosition: (next) => void setState({ at: next }),
    setStep,
  };
}
