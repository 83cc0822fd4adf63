/** What every part of a worker is given: the machine, a folder for journals, a log, and patience with the database. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '@ritz/database';
import type { Machine } from './problem.ts';

/** Milliseconds between two attempts to reach the database, and for how long a worker that stops makes them. */
const pauseMs = 1000;
const lastAttemptsMs = 10_000;

export interface Workshop {
  readonly machine: Machine;
  /** Local and fast; what is in it is lost with the process. */
  readonly folder: string;
  readonly log: (line: string) => void;
  /** Removes the journals of a lease. */
  clear(lease: string): Promise<void>;
  /** Does it again until the database answers. */
  persist<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createWorkshop(machine: Machine, folder: string, log: Workshop['log']): Workshop {
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
          if (stopped !== undefined && performance.now() - stopped > lastAttemptsMs) throw error;
          if (!told) log(`${error.message} Trying again until it answers.`);
          await sleep(pauseMs);
        }
      }
    },
  };
}
