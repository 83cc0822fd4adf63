/** Throttles work requested by many events; always runs once after the last of them. */

export interface Throttled {
  readonly ask: () => void;
  /** Cancels pending work. */
  readonly cancel: () => void;
}

/** @param every milliseconds from one start to the next */
export function throttle(work: () => void, every: number): Throttled {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  return {
    ask() {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          last = Date.now();
          work();
        },
        Math.max(0, last + every - Date.now()),
      );
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
