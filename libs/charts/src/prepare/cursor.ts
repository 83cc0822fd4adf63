/** Where the pointer is along an axis that several charts share. */

interface CursorPlace {
  readonly value: number;
  /** The chart under the pointer. */
  readonly source: string;
}

/** A store outside the components, so that a moving pointer draws one line a chart anew and not the charts. */
export interface Cursor {
  readonly get: () => CursorPlace | null;
  readonly set: (place: CursorPlace | null) => void;
  /** Calls `changed` after each change, until the returned function is called. */
  readonly subscribe: (changed: () => void) => () => void;
}

export function createCursor(): Cursor {
  let place: CursorPlace | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => place,
    set: (next) => {
      if (next?.value === place?.value && next?.source === place?.source) return;
      place = next;
      for (const changed of listeners) changed();
    },
    subscribe: (changed) => {
      listeners.add(changed);
      return () => {
        listeners.delete(changed);
      };
    },
  };
}
