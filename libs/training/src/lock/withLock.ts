/**
 * A lock between processes. A process that wants the lock writes an owner file into a directory and then reads the others' files: of two
 * that arrive at once, at least one sees the other, and both withdraw and try again after a random pause. Each owner file has a unique
 * name, so that a file left by a killed process can be removed without any chance of removing one that was just written.
 *
 * Processes on the same machine are looked up by number; processes elsewhere send heartbeats by touching their file. (On a network share
 * that shows new files late, two processes that arrive within that delay are not kept apart.)
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TrainingError } from '../error/TrainingError.ts';
import { isAlive, isLocal, expirySeconds, thisProcess, type LockOwner } from './LockOwner.ts';

export interface LockOptions {
  /** What is locked, as the subject of a sentence: `The run "small net"`. */
  readonly subject: string;
  /** The command that takes the lock: `ritz train`. */
  readonly by: string;
  /** Wait for other processes instead of failing; called once with a description of the owner. */
  readonly onWait?: (holder: string) => void;
  readonly signal?: AbortSignal;
}

const heartbeatMs = 5_000;
const pauseMs = 200;
/** Others may remove the directory between its creation and its use; after this many failures in a row, something else is wrong. */
const writeAttempts = 10;

interface Holder {
  readonly owner: LockOwner;
  /** Seconds since the last heartbeat. */
  readonly silence: number;
}

/**
 * Runs `work` while holding the lock of a directory, which is created for it and removed afterwards. Throws a TrainingError: IN_USE,
 * naming the owner, or NOT_WRITABLE; the signal's reason when it is aborted while waiting.
 */
export async function withLock<T>(directory: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const file = await acquire(directory, options);
  const heartbeat = setInterval(() => void sendHeartbeat(file), heartbeatMs).unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await release(file);
  }
}

async function acquire(directory: string, options: LockOptions): Promise<string> {
  const { subject, by, onWait, signal } = options;
  let told = false;
  for (;;) {
    signal?.throwIfAborted();
    const holder = await holderOf(directory);
    if (holder && !onWait) throw new TrainingError('IN_USE', await inUse(subject, holder));
    if (holder && onWait) {
      if (!told) onWait(await holderText(holder));
      told = true;
    } else {
      const file = await writeOwner(directory, by);
      if (!(await holderOf(directory, file))) return file;
      await release(file);
    }
    await sleep(pauseMs * (0.2 + Math.random()), undefined, signal && { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  }
}

/** Renamed only once it is written completely. */
async function writeOwner(directory: string, by: string): Promise<string> {
  const file = path.join(directory, `${randomUUID()}.json`);
  const content = JSON.stringify(await thisProcess(by));
  for (let attempt = 1; ; attempt++) {
    try {
      await fs.mkdir(directory, { recursive: true });
      await fs.writeFile(`${file}.new`, content);
      await fs.rename(`${file}.new`, file);
      return file;
    } catch (cause) {
      const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
      if (isGone && attempt < writeAttempts) continue;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new TrainingError('NOT_WRITABLE', `${directory} cannot be written: ${reason}.`, { cause });
    }
  }
}

/** Any other live owner; files of processes that have ended are removed. */
async function holderOf(directory: string, own?: string): Promise<Holder | null> {
  const names = await fs.readdir(directory).catch(() => []);
  for (const name of names.filter((entry) => entry.endsWith('.json'))) {
    const file = path.join(directory, name);
    if (file === own) continue;
    const holder = await readOwner(file);
    if (holder && (await isAlive(holder.owner, holder.silence))) return holder;
    await fs.rm(file, { force: true });
  }
  return null;
}

/** Null for a file that was removed meanwhile, or that a crash of the machine left empty. */
async function readOwner(file: string): Promise<Holder | null> {
  try {
    const { mtimeMs } = await fs.stat(file);
    return { owner: JSON.parse(await fs.readFile(file, 'utf8')) as LockOwner, silence: (Date.now() - mtimeMs) / 1000 };
  } catch {
    return null;
  }
}

/** A failed heartbeat does not matter to processes on this machine; others wait for the next one. */
async function sendHeartbeat(file: string): Promise<void> {
  const now = new Date();
  await fs.utimes(file, now, now).catch(() => undefined);
}

/** A file that cannot be removed counts as left by an ended process as soon as this one ends. */
async function release(file: string): Promise<void> {
  await fs.rm(file, { force: true }).catch(() => undefined);
  await fs.rmdir(path.dirname(file)).catch(() => undefined);
}

async function holderText({ owner, silence }: Holder): Promise<string> {
  const since = `since ${owner.since.slice(0, 19).replace('T', ' ')} UTC`;
  if (await isLocal(owner)) return `${owner.by}, process ${owner.pid} on this machine, ${since}`;
  return `${owner.by}, process ${owner.pid} on ${owner.host}, ${since} (last heartbeat ${Math.round(silence)} s ago)`;
}

async function inUse(subject: string, holder: Holder): Promise<string> {
  const { owner } = holder;
  const text = `${subject} is locked by ${await holderText(holder)}.`;
  const advice = (await isLocal(owner))
    ? `Wait until it ends, or stop it (kill ${owner.pid}) and start this again: it resumes from what is stored.`
    : `Wait until it ends. If it was killed, the lock expires ${expirySeconds} s after its last heartbeat.`;
  return `${text} ${advice}`;
}
