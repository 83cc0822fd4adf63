/** Keeps the stored statistics of spectra complete: what was recorded is summarised soon after, before anyone sorts by it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@ritz/database';
import { summariseMissing } from '@ritz/schema';
import type { Logger } from '../logger.ts';

/** Between a write and the work, in milliseconds: a training that records many spectra in a row is not disturbed. */
const patience = 2_000;

/**
 * Works until `stopping` aborts; resolves when the work has ended. A fault of the database is logged, and the work is taken up
 * after the next write: queries compute what they need themselves.
 */
export async function keepSummaries(database: Database, logger: Logger, stopping: AbortSignal): Promise<void> {
  const work = async (): Promise<void> => {
    try {
      await summariseMissing(database, stopping);
    } catch (error) {
      if (!stopping.aborted) logger.warn({ err: error }, 'summaries');
    }
  };
  await work();
  try {
    for await (const _written of await database.changes.all(stopping)) {
      await pause(patience, undefined, { signal: stopping });
      await work();
    }
  } catch (error) {
    if (!stopping.aborted) logger.warn({ err: error }, 'summaries are computed on request only');
  }
}
