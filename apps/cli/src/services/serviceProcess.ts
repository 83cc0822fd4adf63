/** A service (API, dashboard) as a child process: started, awaited until it answers, watched, stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '../terminal/cliError.ts';

export interface ServiceProcess {
  readonly name: string;
  readonly url: string;
  /** Resolves with a CliError when the process ends without having been asked to. */
  readonly failed: Promise<CliError>;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly name: string;
  readonly url: string;
  /** Path below `url` that answers 2xx once the service is ready. */
  readonly readyPath: string;
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
      untilReady(options, AbortSignal.any([options.signal, settled.signal])),
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
  return { name: options.name, url: options.url, failed: unexpected, stop };
}

async function untilReady({ name, url, readyPath }: ServiceOptions, signal: AbortSignal): Promise<void> {
  const address = new URL(readyPath, url);
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const answer = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]) }).catch(
      () => null,
    );
    await answer?.body?.cancel();
    signal.throwIfAborted();
    if (answer?.ok) return;
    await delay(100);
  }
  throw new CliError(`The ${name} did not answer at ${address.href} within ${readyWithinMs / 1000} s.`);
}

async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return exited;
  child.kill('SIGTERM');
  const ended = await Promise.race([exited.then(() => true), delay(stopWithinMs, false, { ref: false })]);
  if (!ended) child.kill('SIGKILL');
  await exited;
}
