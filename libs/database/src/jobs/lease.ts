/** Leases: for how long a part is somebody's. The clocks of workers play no part, only the database's. */
import { and, eq, lt, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../connection/Database.ts';
import { clientTransaction, query } from '../connection/execute.ts';
import { spectrumPart } from '../schema/spectrumJob.ts';
import { worker } from '../schema/worker.ts';
import { failPart } from './end.ts';
import { selectPartRows } from './select.ts';

export function leaseEnd(seconds: number): SQL {
  return sql`now() + make_interval(secs => ${seconds})`;
}

/** How far a part is that a worker holds. */
export interface PartProgress {
  readonly lease: string;
  readonly stepsDone: number;
  readonly resumedFrom: number | null;
  /** Length of its state in the store, saved under the lease; `null` = nothing was saved yet. */
  readonly savedBytes: number | null;
}

/**
 * Says that a worker lives and how far it is, and keeps its leases.
 * @returns the leases that are still its own; what it does under others is wanted no more, or done by somebody else.
 */
export async function heartbeat(
  database: Database,
  workerId: string,
  parts: readonly PartProgress[],
  leaseSeconds: number,
): Promise<ReadonlySet<string>> {
  return query(database, async (orm) => {
    await orm
      .update(worker)
      .set({ heartbeatAt: sql`now()` })
      .where(eq(worker.id, workerId));
    const kept = new Set<string>();
    for (const { lease, stepsDone, resumedFrom, savedBytes } of parts) {
      const rows = await orm
        .update(spectrumPart)
        .set({
          leaseUntil: leaseEnd(leaseSeconds),
          stepsDone,
          resumedFrom,
          ...(savedBytes !== null && { savedLease: lease, savedBytes }),
        })
        .where(and(eq(spectrumPart.lease, lease), eq(spectrumPart.status, 'running')))
        .returning({ lease: spectrumPart.lease });
      if (rows.length > 0) kept.add(lease);
    }
    return kept;
  });
}

/** Takes parts from workers whose leases ran out, for others to go on with. Any number of processes may do so. @returns how many. */
export async function reclaim(database: Database): Promise<number> {
  const overdue = and(eq(spectrumPart.status, 'running'), lt(spectrumPart.leaseUntil, sql`now()`));
  const rows = await query(database, (orm) => selectPartRows(orm, overdue));
  let reclaimed = 0;
  for (const { jobId, index, lease } of rows) {
    const done = await clientTransaction(database, async (orm, client) => {
      // Looked at again under the job's lock: a heartbeat may have come meanwhile.
      const message = 'The worker stopped answering.';
      return failPart(database, orm, client, { jobId, index, lease, onlyOverdue: true }, message, true);
    });
    if (done) reclaimed++;
  }
  return reclaimed;
}
