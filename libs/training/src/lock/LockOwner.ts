/** The process that holds a lock, and whether it is still running. */
import fs from 'node:fs/promises';
import os from 'node:os';

export interface LockOwner {
  /** The command, as its user knows it: `ritz train`. */
  readonly by: string;
  readonly pid: number;
  /** Start time in the system's own unit, which tells a recycled process number from the original. Null: unknown. */
  readonly started: string | null;
  readonly host: string;
  /** PID namespace of the process; null: that of the whole host. */
  readonly namespace: string | null;
  /** ISO 8601. */
  readonly since: string;
}

/** A lock whose owner cannot be inspected from here expires this many seconds after its last heartbeat. */
export const expirySeconds = 60;

export async function thisProcess(by: string): Promise<LockOwner> {
  const state = await processState(process.pid);
  return {
    by,
    pid: process.pid,
    started: state?.started ?? null,
    host: os.hostname(),
    namespace: await namespace(),
    since: new Date().toISOString(),
  };
}

/** Whether the owner runs on this host in this PID namespace, so that its process number can be looked up. */
export async function isLocal(owner: LockOwner): Promise<boolean> {
  return owner.host === os.hostname() && owner.namespace === (await namespace());
}

/** `silence`: seconds since the owner's last heartbeat. */
export async function isAlive(owner: LockOwner, silence: number): Promise<boolean> {
  if (!(await isLocal(owner))) return silence < expirySeconds;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const state = await processState(owner.pid);
  if (state === null) return true;
  return !/[ZX]/.test(state.letter) && (owner.started === null || owner.started === state.started);
}

/** Containers on one host may have PID namespaces of their own. */
async function namespace(): Promise<string | null> {
  return fs.readlink('/proc/self/ns/pid').catch(() => null);
}

/** From Linux's /proc (proc(5), `stat`: fields 3 and 22); null on other systems. */
async function processState(pid: number): Promise<{ readonly letter: string; readonly started: string } | null> {
  const text = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field, the command, is in parentheses and may hold blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [letter, started] = [fields[0], fields[19]];
  return letter && started ? { letter, started } : null;
}
