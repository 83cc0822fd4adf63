'use client';
/** Which runs were written to, while the component is mounted and its page visible. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { LiveState } from './follow.ts';
import { followWrites, type SharedWrites, type Writes } from './sharedWrites.ts';

export interface Live {
  /** Null while nothing is followed. */
  readonly state: LiveState | null;
  /** Connects again after it has stopped. */
  readonly again: () => void;
}

function onVisibility(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => {
    document.removeEventListener('visibilitychange', changed);
  };
}

/** A hidden page follows nothing; it catches up when it becomes visible. */
export function useWrites(on: boolean, onWrites: (ids: Writes) => void): Live {
  const [state, setState] = useState<LiveState | null>(null);
  const latest = useRef(onWrites);
  useEffect(() => {
    latest.current = onWrites;
  });
  const visible = useSyncExternalStore(
    onVisibility,
    () => document.visibilityState === 'visible',
    () => false,
  );
  const open = on && visible;
  const shared = useRef<SharedWrites | null>(null);
  useEffect(() => {
    if (!open) return;
    const writes = followWrites({
      onEvent: (ids) => {
        latest.current(ids);
      },
      onState: setState,
    });
    shared.current = writes;
    return () => {
      shared.current = null;
      writes.end();
    };
  }, [open]);
  return { state: open ? state : null, again: () => shared.current?.again() };
}
