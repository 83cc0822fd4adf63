/** A program as a child process: what it prints can be waited for, and it can be stopped for certain. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

export interface ProcessOptions extends Pick<SpawnOptions, 'cwd' | 'detached' | 'uid' | 'gid'> {
  /** For messages: `API`. */
  readonly name: string;
  /** Default: this Node. */
  readonly command?: string;
  readonly args: readonly string[];
  /** `pipe`: the test writes to its standard input. Default: it has none. */
  readonly stdin?: 'pipe' | 'ignore';
  /** The whole environment. */
  readonly env: NodeJS.ProcessEnv;
}

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /**
   * Resolves with the match as soon as standard output or standard error has it. Rejects with everything printed when the process ends
   * before, or after `timeoutMs`, unless that is left out.
   */
  printed(text: string | RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Asks it to end (SIGTERM), kills it after ten seconds; resolves when it is gone. */
  stop(): Promise<void>;
  /** Ends it as a crash would (SIGKILL); resolves when it is gone. */
  kill(): Promise<void>;
}

const stopWithinMs = 10_000;

export function startProcess({
  name,
  command = process.execPath,
  args,
  stdin = 'ignore',
  ...options
}: ProcessOptions): RunningProcess {
  const child = spawn(command, args, { ...options, stdio: [stdin, 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  const listeners = new Set<() => void>();
  const listen = (): void => {
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    listen();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    listen();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    child,
    ended,
    printed: (text, timeoutMs) =>
      new Promise((resolve, reject) => {
        const pattern = typeof text === 'string' ? new RegExp(escaped(text)) : text;
        const fail = (what: string): void => {
          reject(new Error(`${name} ${what} before it printed ${String(text)}:\n${stdout}${stderr}`));
        };
        const late = timeoutMs === undefined ? undefined : setTimeout(() => fail('took too long'), timeoutMs);
        const look = (): void => {
          const match = pattern.exec(stdout) ?? pattern.exec(stderr);
          if (!match) return;
          listeners.delete(look);
          clearTimeout(late);
          resolve(match);
        };
        listeners.add(look);
        void ended.then(() => {
          clearTimeout(late);
          fail('ended');
        });
        look();
      }),
    kill: () => end('SIGKILL'),
    stop: async () => {
      const late = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await end('SIGTERM');
      clearTimeout(late);
    },
  };
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
