'use client';
/** Puts a change of the step into the browser's history: Back goes to the step before, however it was changed. */
import { useCallback, useRef } from 'react';

/** Changes that follow one another within this time are one entry: a slider that is dragged, a training that is played. */
const togetherMs = 1500;

export type HistoryEntry = 'push' | 'replace';

/** Returns what the next change is to do. */
export function useStepHistory(): () => HistoryEntry {
  const last = useRef(-Infinity);
  return useCallback(() => {
    const now = performance.now();
    const together = now - last.current < togetherMs;
    last.current = now;
    return together ? 'replace' : 'push';
  }, []);
}
