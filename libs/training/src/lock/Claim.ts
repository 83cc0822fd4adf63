/** A process's claim to something that one process at a time may work on, and whether that process is still there. */
import fs from 'node:fs/promises';
import os from 'node:os';

export interface Claim {
  /** What the process does, as its user calls it: `ritz train`. */
  readonly by: string;
  readonly pid: number;
  /** When the process began, in the system's own count: a number that was given out again is another process. Null: unknown. */
  readonly started: string | null;
  readonly host: string;
  /** Within which process numbers mean the same, beside the host; null: the whole host. */
  readonly namespace: string | null;
  /** ISO 8601. */
  readonly since: string;
}

/** A claim whose process cannot be looked at from here ends so many seconds after its last sign of life. */
export const lapseSeconds = 60;

export async function ownClaim(by: string): Promise<Claim> {
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

/** Whether the claim's process runs where this one runs, so that its number says whether it is there. */
export async function isLocal(claim: Claim): Promise<boolean> {
  return claim.host === os.hostname() && claim.namespace === (await namespace());
}

/** `silence`: seconds since the claim was last written. */
export async function isAlive(claim: Claim, silence: number): Promise<boolean> {
  if (!(await isLocal(claim))) return silence < lapseSeconds;
  try {
    process.kill(claim.pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const state = await processState(claim.pid);
  if (state === null) return true;
  return !/[ZX]/.test(state.letter) && (claim.started === null || claim.started === state.started);
}

/** Containers of one host may count their processes apart. */
async function namespace(): Promise<string | null> {
  return fs.readlink('/proc/self/ns/pid').catch(() => null);
}

/** As Linux tells it (proc(5), `stat`: the 3rd and the 22nd field); null where it does not. */
async function processState(pid: number): Promise<{ readonly letter: string; readonly started: string } | null> {
  const text = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field, the command, is in parentheses and may hold blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [letter, started] = [fields[0], fields[19]];
  return letter && started ? { letter, started } : null;
}
