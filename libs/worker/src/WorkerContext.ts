/** What every step of a worker is given: the machine, a folder for journals, a log, and retries while the database is away. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '@ritz/database';
import type { Machine } from './jobProblem.ts';

/** Milliseconds between two attempts to reach the database, and how long a worker that is stopping keeps trying. */
const retryIntervalMs = 1000;
const retryTimeoutMs = 10_000;

export interface WorkerContext {
  readonly machine: Machine;
  /** Local and fast; its content is lost with the process. */
  readonly folder: string;
  readonly log: (line: string) => void;
  /** Removes the journals of a lease. */
  clear(lease: string): Promise<void>;
  /** Retries until the database answers. */
  persist<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createWorkerContext(machine: Machine, folder: string, log: WorkerContext['log']): WorkerContext {
  let stopped: number | undefined;
  machine.signal.addEventListener('abort', () => (stopped = performance.now()));
  return {
    ...{ machine, folder, log },
    clear: async (lease) => {
      const files = (await fs.readdir(folder)).filter((file) => file.startsWith(lease));
      for (const file of files) await fs.rm(path.join(folder, file), { force: true });
    },
    persist: async (work) => {
      for (let told = false; ; told = true) {
        try {
          return await work();
        } catch (error) {
          if (!(error instanceof DatabaseError) || error.code !== 'UNREACHABLE') throw error;
          if (stopped !== undefined && performance.now() - stopped > retryTimeoutMs) throw error;
          if (!told) log(`${error.message} Retrying until it answers.`);
          await sleep(retryIntervalMs);
        }
      }
    },
  };
}
