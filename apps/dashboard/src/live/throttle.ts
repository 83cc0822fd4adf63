/** Work that many events ask for, done at most every so often, and always once more after the last of them. */

export interface Throttled {
  readonly ask: () => void;
  /** What was asked for and is not done yet is forgotten. */
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
