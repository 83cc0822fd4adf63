/** The API as a process of its own, from what was built. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ApiProcess {
  readonly child: ChildProcess;
  /** The address of the ready line. */
  readonly ready: Promise<string>;
  readonly ended: Promise<Ended>;
  /** Resident memory now, in MB. */
  memory(): Promise<number>;
  /** Ends it at once, if it runs still; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts it at a free port, with nothing but PATH and what is given in its environment. */
export function startProcess(environment: Readonly<Record<string, string>>): ApiProcess {
  if (!existsSync(main)) throw new Error('dist/main.js is missing: run `npm run build -w apps/api` first.');
  const env = { PATH: process.env['PATH'], RITZ_API_PORT: '0', ...environment };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const address = /^ready (http:\/\/127\.0\.0\.1:\d+)\n/.exec(stdout)?.[1];
      if (address) resolve(address);
    });
    child.once('close', () => reject(new Error(`Ended before it was ready: ${stderr}`)));
  });
  ready.catch(() => undefined);
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    child,
    ready,
    ended,
    async memory() {
      const status = await readFile(`/proc/${String(child.pid)}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}
