/** Runs work that Ctrl-C and SIGTERM interrupt. */
import pc from 'picocolors';
import { InterruptedError } from './cliError.ts';

/**
 * `work` gets a signal that is aborted with an InterruptedError of this message; it ends by throwing the signal's reason. A second
 * Ctrl-C ends the process at once.
 */
export async function interruptible<T>(message: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write(pc.dim('\nStopping … (Ctrl-C again to end at once)\n'));
    controller.abort(new InterruptedError(message));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
