/** The `ritz` command and the API as processes, as users run them: from what was built. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const bin = path.resolve(import.meta.dirname, '../../bin/ritz.js');
const api = path.resolve(import.meta.dirname, '../../../api/dist/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Ends it as the kernel does when memory is short; resolves when it is gone. */
  kill(): Promise<void>;
}

function start(args: readonly string[], environment: Readonly<Record<string, string>>): Running {
  const env = { PATH: process.env['PATH'], ...environment };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, stdout, stderr }));
  return {
    child,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Starts `ritz …`. */
export function startRitz(args: readonly string[], environment: Readonly<Record<string, string>>): Running {
  return start([bin, ...args], environment);
}

/** Runs `ritz …` to its end. */
export function ritz(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  return startRitz(args, environment).ended;
}

/** Starts the API, at a port of its own choice when 0; resolves once it answers. */
export async function startApi(databaseUrl: string, port = 0): Promise<Running & { readonly url: string }> {
  const running = start([api], { DATABASE_URL: databaseUrl, RITZ_API_PORT: String(port), RITZ_LOG: 'error' });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    running.child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /^ready (\S+)\n/.exec(said)?.[1];
      if (address) resolve(address);
    });
    void running.ended.then(({ stderr }) => reject(new Error(`The API ended before it was ready: ${stderr}`)));
  });
  return { ...running, url };
}
