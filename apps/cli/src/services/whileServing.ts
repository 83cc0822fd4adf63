/** Runs a command's work with the services up: Ctrl-C and SIGTERM interrupt it, and everything is stopped whatever happens. */
import pc from 'picocolors';
import { InterruptedError } from '../terminal/cliError.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { startStack, type Stack } from './stack.ts';

export interface ServingOptions {
  readonly port: number;
  readonly apiPort: number;
  /** Whether the dashboard is served beside the API. */
  readonly dashboard: boolean;
  /** Workers that are served beside them; none unless given. */
  readonly workers?: number;
}

/**
 * Starts database, API and dashboard, runs `work` and stops them again.
 * `work` gets a signal that is aborted with an InterruptedError on Ctrl-C or SIGTERM. A second Ctrl-C ends the process at once.
 */
export async function whileServing(
  options: ServingOptions,
  work: (stack: Stack, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await interruptible('Interrupted.', async (signal) => {
    let stack: Stack | undefined;
    try {
      stack = await startStack({
        apiPort: options.apiPort,
        dashboardPort: options.dashboard ? options.port : null,
        workers: options.workers ?? 0,
        signal,
        onProgress: (message) => process.stderr.write(pc.dim(`${message}\n`)),
      });
      await work(stack, signal);
    } finally {
      await stack?.stop();
    }
  });
}

export function printAddresses({ dashboardUrl, apiUrl }: Stack): void {
  if (dashboardUrl !== null) console.log(`Dashboard   ${pc.bold(dashboardUrl)}`);
  console.log(`GraphQL     ${apiUrl}/graphql`);
}

/** Says how to stop and waits until the signal is aborted; throws its reason unless the user asked to stop. */
export async function untilInterrupted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) {
    console.log(pc.dim('Ctrl-C stops everything.'));
    await new Promise<void>((resolve) => {
      const alive = setInterval(() => undefined, 60_000);
      signal.addEventListener('abort', () => {
        clearInterval(alive);
        resolve();
      });
    });
  }
  if (!(signal.reason instanceof InterruptedError)) throw signal.reason;
}
