/** Kills parts of a running `ritz up`, or a training beside it, and waits until all of them are back. */
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesOf } from './ritz.ts';
import type { Trainer } from './trainer.ts';

export const parts = ['api', 'dashboard', 'database', 'worker', 'trainer'] as const;
export type Part = (typeof parts)[number];

/** What the command line of each part has, and of no other. */
const marks: Readonly<Record<Part, RegExp>> = {
  api: /api\/dist\/main\.js/,
  dashboard: /next\/dist\/bin\/next|next-server/,
  database: /postgres.*-D/,
  worker: /main\.js worker/,
  trainer: /ritz\.js train/,
};

/** The processes of one part of the `ritz up` on this data directory. */
function pidsOf(part: Part, data: string): number[] {
  return processesOf(data).filter((pid) => {
    try {
      return marks[part].test(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
    } catch {
      return false; // It ended meanwhile.
    }
  });
}

export interface Stand {
  readonly data: string;
  readonly api: string;
  readonly dashboard: string;
  readonly trainer: Trainer;
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => null);
  await response?.body?.cancel();
  return response?.ok ?? false;
}

/** Whether the process of a worker that runs has announced itself. */
async function hasWorker({ api, data }: Stand): Promise<boolean> {
  const query = encodeURIComponent('{ workers { name } }');
  const response = await fetch(`${api}/graphql?query=${query}`, { signal: AbortSignal.timeout(2000) }).catch(
    () => null,
  );
  const names = (await response?.text().catch(() => '')) ?? '';
  return pidsOf('worker', data).some((pid) => names.includes(`process ${String(pid)}"`));
}

/** Whether each part does its work; a trainer if it has written since the moment given, in milliseconds since 1970. */
async function isBack(part: Part, stand: Stand, since: number): Promise<boolean> {
  switch (part) {
    case 'api':
    case 'database':
      return answers(`${stand.api}/readyz`);
    case 'dashboard':
      return answers(`${stand.dashboard}/icon.svg`);
    case 'worker':
      return hasWorker(stand);
    case 'trainer':
      return stand.trainer.wroteAt() > since;
  }
}

export interface Kill {
  readonly part: Part;
  /** Until every part did its work again. */
  readonly milliseconds: number;
}

/** Kills one part and waits until everything is back. */
export async function killAndWait(stand: Stand, part: Part): Promise<Kill> {
  const victims = await someOf(part, stand.data);
  const began = performance.now();
  for (const pid of victims) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      continue; // It went with its parent.
    }
  }
  while (victims.some((pid) => fs.existsSync(`/proc/${pid}`))) await sleep(20);
  const since = Date.now();
  for (const each of parts) while (!(await isBack(each, stand, since))) await sleep(100);
  return { part, milliseconds: Math.round(performance.now() - began) };
}

/** A trainer may be between two trainings. */
async function someOf(part: Part, data: string): Promise<number[]> {
  for (;;) {
    const pids = pidsOf(part, data);
    if (pids.length > 0) return pids;
    await sleep(50);
  }
}
