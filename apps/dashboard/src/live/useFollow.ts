'use client';
/** A subscription for as long as a component is on a page that is looked at. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { TypedDocumentString } from '@ritz/client';
import { follow, type LiveState } from './follow.ts';

export interface FollowOptions<Result> {
  /** Off: nothing is open, the state is null. */
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
 * A page out of sight holds no connection, for browsers allow six to one host; it is told how things stand when it is seen
 * again.
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
