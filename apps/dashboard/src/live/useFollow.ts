'use client';
/** A subscription that lives while its component is mounted and the page is visible. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { TypedDocumentString } from '@ritz/client';
import { follow, type LiveState } from './follow.ts';

export interface FollowOptions<Result> {
  /** When false, nothing is open and the state is null. */
  readonly on: boolean;
  readonly onEvent: (data: Result) => void;
}

function onVisibility(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => {
    document.removeEventListener('visibilitychange', changed);
  };
}

/**
 * A hidden page holds no connection, since browsers allow six per host; it catches up when it becomes visible.
 */
export function useFollow<Result, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  { on, onEvent }: FollowOptions<Result>,
): LiveState | null {
  const [state, setState] = useState<LiveState | null>(null);
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  });
  const visible = useSyncExternalStore(
    onVisibility,
    () => globalThis.document.visibilityState === 'visible',
    () => false,
  );
  const open = on && visible;
  const asked = JSON.stringify(variables);
  useEffect(() => {
    if (!open) return;
    return follow(document, JSON.parse(asked) as Variables, {
      onEvent: (data) => {
        latest.current(data);
      },
      onState: setState,
    });
  }, [document, asked, open]);
  return open ? state : null;
}
