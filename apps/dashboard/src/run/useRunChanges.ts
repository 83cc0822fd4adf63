'use client';
/** Keeps the run page up to date while the run is active. */
import { useEffect, useMemo, useRef } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import {
  RunChangesDocument,
  RunDocument,
  RunHistoryDocument,
  RunTrajectoryDocument,
  type RunChangesSubscription,
} from '@ritz/client';
import type { LiveState } from '../live/follow.ts';
import { throttle } from '../live/throttle.ts';
import { useFollow } from '../live/useFollow.ts';
import { refresh } from '../data/useLive.ts';

/** Minimum interval between redraws in milliseconds. */
const everyMilliseconds = 1000;

/** @param live whether the run is active; otherwise the status is null */
export function useRunChanges(id: string, live: boolean): LiveState | null {
  const queries = useQueryClient();
  const spectra = useRef<number | null>(null);
  const curves = useMemo(
    () =>
      throttle(() => {
        refresh(queries, RunDocument);
        refresh(queries, RunHistoryDocument);
      }, everyMilliseconds),
    [queries],
  );
  useEffect(() => curves.cancel, [curves]);
  return useFollow(
    RunChangesDocument,
    { id },
    {
      on: live,
      onEvent: ({ runUpdated }: RunChangesSubscription) => {
        curves.ask();
        if (spectra.current !== runUpdated.spectrumCount) refresh(queries, RunTrajectoryDocument);
        spectra.current = runUpdated.spectrumCount;
      },
    },
  );
}
