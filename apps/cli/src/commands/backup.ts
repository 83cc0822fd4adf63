/** `ritz backup`: all stored data as one portable file of JSON lines, once or at intervals. */
import { setTimeout as sleep } from 'node:timers/promises';
import { backUp, untilDue, type Schedule } from '../backup/schedule.ts';
import { describeCounts, writeBackup, type Counts } from '../backup/writeBackup.ts';
import { withDatabase } from '../services/withDatabase.ts';
import { InterruptedError } from '../terminal/cliError.ts';
import { interruptible } from '../terminal/interruptible.ts';

export interface BackupOptions {
  /** Milliseconds; then the place is a folder. */
  readonly every?: number;
  readonly keep: number;
}

/** After a backup that failed, in milliseconds. */
const retryAfter = 60_000;

/** Writes one file, or with `every` files in a folder until Ctrl-C. Throws a CliError when a single one cannot be written. */
export async function backup(place: string, { every, keep }: BackupOptions): Promise<void> {
  if (every !== undefined) return keepBackingUp(place, { every, keep });
  report(place, await write(place));
}

function write(file: string): Promise<Counts> {
  return withDatabase((database) => writeBackup(database, file));
}

function report(file: string, counts: Counts): void {
  console.log(`${file}: ${describeCounts(counts)}. Tokens are in it as hashes, passwords not at all.`);
}

async function keepBackingUp(folder: string, schedule: Schedule): Promise<void> {
  await interruptible('', async (signal) => {
    for (;;) {
      await sleep(await untilDue(folder, schedule, new Date()), undefined, { signal });
      try {
        let counts: Counts = new Map();
        const file = await backUp(folder, schedule, new Date(), async (name) => {
          counts = await write(name);
        });
        report(file, counts);
      } catch (error) {
        signal.throwIfAborted();
        console.error(`ritz: ${error instanceof Error ? error.message : String(error)} Trying again in a minute.`);
        await sleep(retryAfter, undefined, { signal });
      }
    }
  }).catch((error: unknown) => {
    if (!(error instanceof InterruptedError || (error instanceof Error && error.name === 'AbortError'))) throw error;
  });
}
