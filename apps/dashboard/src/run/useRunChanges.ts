'use client';
/** Keeps the run page up to date while the run is active. */
import { useEffect, useMemo, useRef } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { RunDocument, RunHistoryDocument, RunTrajectoryDocument } from '@ritz/client';
import { throttle } from '../live/throttle.ts';
import { useWrites, type Live } from '../live/useWrites.ts';
import { refresh } from '../data/useLive.ts';

/** Minimum interval between redraws in milliseconds. */
const every = 1000;

/**
 * @param live whether the run is active; otherwise nothing is followed
 * @param spectrumCount of the run as shown: its trajectories are fetched again when it changes
 */
export function useRunChanges(id: string, live: boolean, spectrumCount: number): Live {
  const queries = useQueryClient();
  const known = useRef(spectrumCount);
  useEffect(() => {
    if (known.current !== spectrumCount) refresh(queries, RunTrajectoryDocument);
    known.current = spectrumCount;
  }, [queries, spectrumCount]);
  const curves = useMemo(
    () =>
      throttle(() => {
        refresh(queries, RunDocument);
        refresh(queries, RunHistoryDocument);
      }, every),
    [queries],
  );
  useEffect(() => curves.cancel, [curves]);
  return useWrites(live, (ids) => {
    // None: some may have been missed.
    if (ids.length === 0 || ids.includes(id)) curves.ask();
  });
}
