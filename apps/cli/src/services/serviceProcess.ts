/** A service (API, dashboard, worker) as a child process: started, awaited until it is ready, watched, stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../terminal/cliError.ts';

export interface ServiceProcess {
  readonly name: string;
  /** Resolves with a CliError when the process ends without having been asked to. */
  readonly failed: Promise<CliError>;
  stop(): Promise<void>;
}

/** How a service shows that it is ready: an address answers 2xx, or it prints a text. */
type Readiness =
  { readonly kind: 'answers'; readonly url: string } | { readonly kind: 'prints'; readonly text: string };

export interface ServiceOptions {
  readonly name: string;
  readonly ready: Readiness;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly signal: AbortSignal;
  /** Told everything that it prints. */
  readonly onOutput: (chunk: Buffer) => void;
}

const readyWithinMs = 60_000;
const stopWithinMs = 8_000;
const keptOutput = 4_000;

/**
 * Starts `node ...args` in a process group of its own, so that Ctrl-C reaches only `ritz`, which stops it in good order.
 * Throws a CliError with the end of the service's own output when it does not become ready.
 */
export async function startService(options: ServiceOptions): Promise<ServiceProcess> {
  const preload = new URL('./followParent.js', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', preload, ...options.args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    options.onOutput(chunk);
    output = (output + chunk.toString()).slice(-keptOutput);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);

  const printed = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!output.includes(text)) return;
        child.stdout?.off('data', look);
        resolve();
      };
      child.stdout?.on('data', look);
    });

  let stopping = false;
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const failed = exited.then(() => {
    const how = child.signalCode ? `was ended by ${child.signalCode}` : `ended with code ${child.exitCode}`;
    return new CliError(`The ${options.name} ${how}.${output.trim() ? `\n${output.trim()}` : ''}`);
  });
  const stop = async (): Promise<void> => {
    stopping = true;
    await stopChild(child, exited);
  };
  const settled = new AbortController();
  try {
    await Promise.race([
      untilReady(options, printed, AbortSignal.any([options.signal, settled.signal])),
      failed.then((error) => {
        throw error;
      }),
    ]);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    settled.abort();
  }
  const unexpected = failed.then((error) => (stopping ? new Promise<CliError>(() => undefined) : error));
  return { name: options.name, failed: unexpected, stop };
}

/** Throws a CliError after a minute, and the reason of the signal when it aborts. */
async function untilReady(
  { name, ready }: Pick<ServiceOptions, 'name' | 'ready'>,
  printed: (text: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const seconds = `within ${readyWithinMs / 1000} s`;
  switch (ready.kind) {
    case 'answers':
      if (await answersInTime(ready.url, signal)) return;
      throw new CliError(`The ${name} did not answer at ${ready.url} ${seconds}.`);
    case 'prints': {
      const late = delay(readyWithinMs, 'late' as const, { signal, ref: false });
      if ((await Promise.race([printed(ready.text), late])) !== 'late') return;
      throw new CliError(`The ${name} was not ready ${seconds}.`);
    }
  }
}

async function answersInTime(url: string, signal: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]) }).catch(
      () => null,
    );
    await answer?.body?.cancel();
    signal.throwIfAborted();
    if (answer?.ok) return true;
    await delay(100);
  }
  return false;
}

async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return exited;
  child.kill('SIGTERM');
  const ended = await Promise.race([exited.then(() => true), delay(stopWithinMs, false, { ref: false })]);
  if (!ended) child.kill('SIGKILL');
  await exited;
}
