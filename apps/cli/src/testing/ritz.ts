/** The `ritz` command as a real process with services, ports and data of its own. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startProcess, type Ended, type RunningProcess } from '@ritz/testing';
import { onTestFinished } from 'vitest';

export const bin = fileURLToPath(new URL('../../bin/ritz.js', import.meta.url));

export interface RunningRitz extends RunningProcess {
  readonly pid: number;
  /** As the terminal does on Ctrl-C: to the whole process group. */
  interrupt(): void;
}

/** Starts `ritz ...args`; it is killed when the test ends. */
export function startRitz(args: readonly string[], environment: Readonly<Record<string, string>> = {}): RunningRitz {
  if (!fs.existsSync(path.join(path.dirname(bin), '../dist/main.js'))) {
    throw new Error('apps/cli is not built: run `npm run build` first.');
  }
  const { DATABASE_URL: _url, RITZ_DATA: _data, FORCE_COLOR: _color, ...inherited } = process.env;
  const env = { ...inherited, NO_COLOR: '1', ...environment };
  const ritz = startProcess({ name: 'ritz', args: [bin, ...args], env, detached: true });
  const pid = ritz.child.pid ?? 0;
  onTestFinished(() => ritz.kill());
  return { ...ritz, pid, interrupt: () => process.kill(-pid, 'SIGINT') };
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
