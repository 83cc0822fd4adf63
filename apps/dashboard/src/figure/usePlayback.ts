'use client';
/** Plays through the steps, one after the other, all of them or those of a range. */
import { useEffect, useMemo, useState } from 'react';
import type { Domain } from '@ritz/charts';

export interface Playback {
  readonly isPlaying: boolean;
  /** Starts where the steps are shown, or anew from the end; stops where it plays. */
  readonly toggle: () => void;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Milliseconds that each step is shown. */
const playEvery = 700;

/** The steps that are played: those in the range, or all where fewer than two lie in it. */
export function playedSteps(steps: readonly number[], range: Domain | null): readonly number[] {
  if (!range) return steps;
  const inside = steps.filter((step) => step >= range[0] && step <= range[1]);
  return inside.length > 1 ? inside : steps;
}

export function usePlayback(
  steps: readonly number[],
  step: number | null,
  onChange: (step: number) => void,
  range: Domain | null = null,
): Playback {
  const [isPlaying, setPlaying] = useState(false);
  const played = useMemo(() => playedSteps(steps, range), [steps, range]);
  // −1 outside of the range: the next one is its first.
  const at = step === null ? -1 : played.indexOf(step);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      const next = played[at + 1];
      if (next === undefined) setPlaying(false);
      else onChange(next);
    }, playEvery);
    return () => {
      clearTimeout(timer);
    };
  }, [isPlaying, at, played, onChange]);
  return useMemo(() => {
    const start = (): void => {
      setPlaying(true);
    };
    const stop = (): void => {
      setPlaying(false);
    };
    const toggle = (): void => {
      const [first] = played;
      if (!isPlaying && at === played.length - 1 && first !== undefined) onChange(first);
      setPlaying(!isPlaying);
    };
    return { isPlaying, toggle, start, stop };
  }, [isPlaying, at, played, onChange]);
}
