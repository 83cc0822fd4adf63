/** The running server as its lock file `postmaster.pid` tells of it, checked against the processes there are. */
import { execFile } from 'node:child_process';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface Postmaster {
  readonly pid: number;
  /** `null` while the server has not written it yet. */
  readonly port: number | null;
}

const lockFile = 'postmaster.pid';

/** The server that runs on this directory; `null` when none does, whatever a killed one left behind. */
export async function findPostmaster(directory: string): Promise<Postmaster | null> {
  const lines = (await readLockFile(directory))?.split('\n');
  const pid = Number(lines?.[0]);
  if (lines === undefined || !Number.isSafeInteger(pid) || pid <= 1) return null;
  const [, home = '', , port = ''] = lines;
  if (home !== '' && !(await sameDirectory(home, directory))) return null;
  if (!(await isServer(pid))) return null;
  return { pid, port: /^\d+$/.test(port) ? Number(port) : null };
}

/**
 * Removes a lock file whose process is no server of this directory. PostgreSQL itself takes over from a dead process,
 * but not when another process has got its number, or when the directory was copied from a running server's.
 */
export async function removeStaleLock(directory: string): Promise<void> {
  const stale = await readLockFile(directory);
  if (stale === undefined || (await findPostmaster(directory)) !== null) return;
  const aside = path.join(directory, `${lockFile}.stale-${process.pid}-${Date.now()}`);
  try {
    await rename(path.join(directory, lockFile), aside);
    // A server that started in between owns the file: it gets it back.
    if ((await readFile(aside, 'utf8')) === stale) await rm(aside);
    else await rename(aside, path.join(directory, lockFile));
  } catch {
    // Somebody else removed it first.
  }
}

/** True once the process is gone; false when it is still there after `milliseconds`. */
export async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (await isServer(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** `kill` for a server; a process that is gone already is no error. */
export async function signal(pid: number, name: 'INT' | 'QUIT', pgCtl: string): Promise<void> {
  try {
    // Windows has no such signals; PostgreSQL listens on a pipe that pg_ctl writes to.
    if (process.platform === 'win32') await execute(pgCtl, ['kill', name, String(pid)]);
    else process.kill(pid, `SIG${name}`);
  } catch (error) {
    if (await isServer(pid)) throw error;
  }
}

async function readLockFile(directory: string): Promise<string | undefined> {
  return readFile(path.join(directory, lockFile), 'utf8').catch(() => undefined);
}

async function sameDirectory(one: string, other: string): Promise<boolean> {
  if (one === other) return true;
  try {
    const [a, b] = await Promise.all([stat(one), stat(other)]);
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false;
  }
}

/** A live process of that number that is a PostgreSQL, not a dead one's number in other hands, nor a zombie. */
async function isServer(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform === 'win32') return true;
  const description = await describeProcess(pid);
  return description !== undefined && /postgres/.test(description.command) && !/^[ZX]/.test(description.state);
}

async function describeProcess(pid: number): Promise<{ command: string; state: string } | undefined> {
  try {
    if (process.platform === 'linux') {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8');
      const [, command = '', state = ''] = /^\d+ \((.*)\) (\S)/s.exec(text) ?? [];
      return { command, state };
    }
    const { stdout } = await execute('ps', ['-o', 'state=,comm=', '-p', String(pid)]);
    const [state = '', ...command] = stdout.trim().split(/\s+/);
    return { command: command.join(' '), state };
  } catch {
    return undefined;
  }
}
