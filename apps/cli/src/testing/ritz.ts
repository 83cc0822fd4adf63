/** The `ritz` command as a real process with services, ports and data of its own. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const bin = fileURLToPath(new URL('../../bin/ritz.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningRitz {
  readonly pid: number;
  /** Resolves when standard output or error holds the text; rejects with all of it when the process ends before. */
  printed(text: string | RegExp): Promise<void>;
  readonly ended: Promise<Ended>;
  /** As the terminal does on Ctrl-C: to the whole process group. */
  interrupt(): void;
}

/** Starts `ritz ...args`; it is killed when the test ends. */
export function startRitz(args: readonly string[], environment: Readonly<Record<string, string>> = {}): RunningRitz {
  if (!fs.existsSync(path.join(path.dirname(bin), '../dist/main.js'))) {
    throw new Error('apps/cli is not built: run `npm run build` first.');
  }
  const { DATABASE_URL: _url, RITZ_DATA: _data, FORCE_COLOR: _color, ...inherited } = process.env;
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...inherited, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const pid = child.pid ?? 0;
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  const printed = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!(typeof text === 'string' ? (stdout + stderr).includes(text) : text.test(stdout + stderr))) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      void ended.then(() => reject(new Error(`ritz ended before it printed ${String(text)}:\n${stdout}${stderr}`)));
      look();
    });
  return { pid, printed, ended, interrupt: () => process.kill(-pid, 'SIGINT') };
}

/** Runs `ritz ...args` to its end. */
export function runRitz(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended> {
  return startRitz(args, environment).ended;
}

/** A data directory that does not exist yet; when the test ends, it and the processes that use it are gone. */
export function dataDirectory(): string {
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'ritz-cli-'));
  fs.chmodSync(parent, 0o755);
  const directory = path.join(parent, 'data');
  onTestFinished(async () => {
    for (const pid of processesOf(directory)) process.kill(pid, 'SIGKILL');
    await untilNoProcess(directory);
    fs.rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
  });
  return directory;
}

/** Every process (services, PostgreSQL) that names the data directory in its arguments or its environment. */
export function processesOf(directory: string): number[] {
  const numbered = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return numbered.map(Number).filter((pid) => {
    try {
      const told = ['cmdline', 'environ'].map((file) => fs.readFileSync(`/proc/${pid}/${file}`, 'utf8')).join('\0');
      return told.includes(directory);
    } catch {
      return false; // It ended meanwhile, or is another user's.
    }
  });
}

/** Resolves when no process uses the directory any more; throws with their number after 60 s. */
export async function untilNoProcess(directory: string): Promise<void> {
  for (let waited = 0; processesOf(directory).length > 0; waited += 50) {
    if (waited > 60_000) throw new Error(`still running: ${processesOf(directory).join(', ')}`);
    await sleep(50);
  }
}

/** A port of the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
