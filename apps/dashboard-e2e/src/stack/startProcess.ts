/** A server as a child process: started when it says so, stopped for certain. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface RunningProcess {
  /** What `ready` matched. */
  readonly match: RegExpExecArray;
  stop(): Promise<void>;
  /** Ends it as a crash would: it does nothing more. */
  kill(): Promise<void>;
}

export interface ProcessOptions {
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** What it prints on standard output once it answers. */
  readonly ready: RegExp;
}

const READY_WITHIN = 180_000;
const STOP_WITHIN = 10_000;

/** Rejects with what the process printed when it ends, or says nothing, before it is ready. */
export async function startProcess({ name, args, env, cwd, ready }: ProcessOptions): Promise<RunningProcess> {
  const child = spawn(process.execPath, [...args], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const kill = async (): Promise<void> => {
    if (hasEnded()) return;
    child.kill('SIGKILL');
    await ended;
  };
  const stop = async (): Promise<void> => {
    if (hasEnded()) return;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN);
    await ended;
    clearTimeout(late);
  };
  let said = '';
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    const fail = (what: string): void => {
      reject(new Error(`The ${name} ${what}. It said:\n${said || '(nothing)'}`));
    };
    const late = setTimeout(() => {
      fail(`was not ready within ${String(READY_WITHIN / 1000)} s`);
      void stop();
    }, READY_WITHIN);
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = ready.exec(said);
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    });
    child.once('exit', () => {
      clearTimeout(late);
      fail('ended before it was ready');
    });
  });
  return { match, stop, kill };
}
