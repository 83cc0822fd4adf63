/**
 * One process at a time. Whoever wants to work writes a claim of its own into a directory and then reads the others' claims: of two that
 * come at once, at least one sees the other, and both step back and try again after a random while. Each claim is a file with a name of
 * its own, so that what a killed process left can be removed without a chance of removing what another has just written.
 *
 * Processes of one machine are looked up; those elsewhere show signs of life by writing their claim again. (On a network share that
 * shows new files late, two that come within that time are not kept apart.)
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TrainingError } from '../error/TrainingError.ts';
import { isAlive, isLocal, lapseSeconds, ownClaim, type Claim } from './Claim.ts';

export interface LockOptions {
  /** What is locked, as the beginning of a sentence: `The run "small net"`. */
  readonly subject: string;
  /** What this process does with it: `ritz train`. */
  readonly by: string;
  /** Wait for others, instead of failing; told once who is waited for. */
  readonly onWait?: (holder: string) => void;
  readonly signal?: AbortSignal;
}

const signOfLifeMs = 5_000;
const pauseMs = 200;
/** Others may remove the directory between its making and its use; so often in a row, something else is wrong. */
const claimAttempts = 10;

interface Holder {
  readonly claim: Claim;
  /** Seconds since it was last written. */
  readonly silence: number;
}

/**
 * Works while no other process does so under the same directory, which is made for it and gone afterwards. Throws a TrainingError: IN_USE
 * that says who has it, NOT_WRITABLE; the signal's reason when it is aborted while it waits.
 */
export async function withLock<T>(directory: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const file = await acquire(directory, options);
  const sign = setInterval(() => void repeat(file), signOfLifeMs).unref();
  try {
    return await work();
  } finally {
    clearInterval(sign);
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
      const file = await claim(directory, by);
      if (!(await holderOf(directory, file))) return file;
      await release(file);
    }
    await sleep(pauseMs * (0.2 + Math.random()), undefined, signal && { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  }
}

/** Written whole before it has its name. */
async function claim(directory: string, by: string): Promise<string> {
  const file = path.join(directory, `${randomUUID()}.json`);
  const content = JSON.stringify(await ownClaim(by));
  for (let attempt = 1; ; attempt++) {
    try {
      await fs.mkdir(directory, { recursive: true });
      await fs.writeFile(`${file}.new`, content);
      await fs.rename(`${file}.new`, file);
      return file;
    } catch (cause) {
      const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
      if (isGone && attempt < claimAttempts) continue;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new TrainingError('NOT_WRITABLE', `${directory} cannot be written: ${reason}.`, { cause });
    }
  }
}

/** Of any other live claim; the claims of processes that are gone are removed. */
async function holderOf(directory: string, own?: string): Promise<Holder | null> {
  const names = await fs.readdir(directory).catch(() => []);
  for (const name of names.filter((entry) => entry.endsWith('.json'))) {
    const file = path.join(directory, name);
    if (file === own) continue;
    const holder = await readClaim(file);
    if (holder && (await isAlive(holder.claim, holder.silence))) return holder;
    await fs.rm(file, { force: true });
  }
  return null;
}

/** Null for one that is gone meanwhile, or that a crash of the machine left without its content. */
async function readClaim(file: string): Promise<Holder | null> {
  try {
    const { mtimeMs } = await fs.stat(file);
    return { claim: JSON.parse(await fs.readFile(file, 'utf8')) as Claim, silence: (Date.now() - mtimeMs) / 1000 };
  } catch {
    return null;
  }
}

/** A sign that cannot be given changes nothing for processes of this machine, and others wait for the next one. */
async function repeat(file: string): Promise<void> {
  const now = new Date();
  await fs.utimes(file, now, now).catch(() => undefined);
}

/** What cannot be removed is the claim of a process that is gone, soon. */
async function release(file: string): Promise<void> {
  await fs.rm(file, { force: true }).catch(() => undefined);
  await fs.rmdir(path.dirname(file)).catch(() => undefined);
}

async function holderText({ claim, silence }: Holder): Promise<string> {
  const since = `since ${claim.since.slice(0, 19).replace('T', ' ')} UTC`;
  if (await isLocal(claim)) return `${claim.by}, process ${claim.pid} of this machine, ${since}`;
  return `${claim.by}, process ${claim.pid} on ${claim.host}, ${since} (last sign of life ${Math.round(silence)} s ago)`;
}

async function inUse(subject: string, holder: Holder): Promise<string> {
  const { claim } = holder;
  const text = `${subject} is being worked on: ${await holderText(holder)}.`;
  const advice = (await isLocal(claim))
    ? `Wait until it ends, or stop it (kill ${claim.pid}) and start this again: it goes on from what is stored.`
    : `Wait until it ends. If it was killed, this can go on ${lapseSeconds} s after its last sign of life.`;
  return `${text} ${advice}`;
}
