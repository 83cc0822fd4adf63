/** Keeps a service running: started again, after a growing pause, whenever it ends without having been asked to. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceProcess } from './serviceProcess.ts';

export interface Supervised {
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  readonly start: () => Promise<ServiceProcess>;
  /** Told why the service ended, or could not be started again. */
  readonly onEnded: (reason: Error) => void;
  /** Told when it answers again. */
  readonly onBack: () => void;
}

/** Before the first attempt to start it again, and the longest pause, in milliseconds; doubled with each attempt that failed. */
const firstPause = 200;
const longestPause = 5_000;

/** A service that ran for so long, in milliseconds, begins with the first pause again. */
const steadyAfter = 30_000;

/** Rejects when the service cannot be started the first time. */
export async function supervise({ start, onEnded, onBack }: SuperviseOptions): Promise<Supervised> {
  const stopping = new AbortController();
  let current: ServiceProcess | null = await start();

  const restart = async (pause: number): Promise<number> => {
    for (let next = pause; ; next = Math.min(2 * next, longestPause)) {
      await sleep(next, undefined, { signal: stopping.signal });
      try {
        const started = await start();
        if (stopping.signal.aborted) await started.stop();
        stopping.signal.throwIfAborted();
        current = started;
        return next;
      } catch (error) {
        stopping.signal.throwIfAborted();
        onEnded(error instanceof Error ? error : new Error(String(error)));
      }
    }
  };
  const watch = async (): Promise<void> => {
    for (let pause = firstPause; current !== null;) {
      const began = performance.now();
      const reason = await current.failed;
      current = null;
      onEnded(reason);
      if (performance.now() - began > steadyAfter) pause = firstPause;
      pause = Math.min(2 * (await restart(pause)), longestPause);
      onBack();
    }
  };
  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });

  return {
    async stop() {
      stopping.abort();
      // One that is stopped on purpose never fails: then `watching` has no end.
      if (current === null) await watching;
      else await current.stop();
    },
  };
}
