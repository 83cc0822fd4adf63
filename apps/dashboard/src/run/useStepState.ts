'use client';
/** Which step of a run is shown, which steps are played, and which step is drawn behind, all in the address. */
import { useCallback, useMemo } from 'react';
import type { Domain } from '@ritz/charts';
import { nearestStep } from '../figure/nearest.ts';
import { useAgainst, useStep, useStepRange } from '../figure/urlState.ts';
import { playedSteps, usePlayback, type Playback } from '../figure/usePlayback.ts';
import { useStepHistory } from '../figure/useStepHistory.ts';

export interface StepState {
  /** Null where nothing was measured. */
  readonly step: number | null;
  /** Shows the measured step nearest to the given one. */
  readonly onPickStep: (step: number) => void;
  /** The steps that are played; null: all. */
  readonly range: Domain | null;
  readonly setRange: (range: Domain | null) => void;
  /** Plays the steps of a range from its first. */
  readonly playRange: (range: Domain) => void;
  /** A measured step other than the one shown; null: none. */
  readonly against: number | null;
  readonly setAgainst: (step: number | null) => void;
  readonly playback: Playback;
}

/** @param steps the measured ones, ascending */
export function useStepState(steps: readonly number[]): StepState {
  const [wanted, setStep] = useStep();
  const step = nearestStep(steps, wanted);
  const entry = useStepHistory();
  const onPickStep = useCallback(
    (picked: number) => void setStep(nearestStep(steps, picked), { history: entry() }),
    [setStep, steps, entry],
  );
  const [range, setStepRange] = useStepRange();
  const [pinned, setPinned] = useAgainst();
  const playback = usePlayback(steps, step, onPickStep, range);
  const { start } = playback;
  const setRange = useCallback((next: Domain | null) => void setStepRange(next), [setStepRange]);
  const setAgainst = useCallback((next: number | null) => void setPinned(next), [setPinned]);
  const playRange = useCallback(
    ([from, to]: Domain) => {
      const next: Domain = [Math.round(from), Math.round(to)];
      const [first] = playedSteps(steps, next);
      setRange(next);
      if (first !== undefined) onPickStep(first);
      start();
    },
    [steps, setRange, onPickStep, start],
  );
  const against = pinned !== null && pinned !== step && steps.includes(pinned) ? pinned : null;
  return useMemo(
    () => ({ step, onPickStep, range, setRange, playRange, against, setAgainst, playback }),
    [step, onPickStep, range, setRange, playRange, against, setAgainst, playback],
  );
}
