/** Workers: made known when they start, listed with their heartbeats. */
import { and, desc, eq, getTableColumns, gt, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { spectrumPart } from '../schema/spectrumJob.ts';
import { worker } from '../schema/worker.ts';
import type { Worker } from './Job.ts';

/** A worker that has not been heard of for so long counts as gone. */
const silence = sql`interval '60 seconds'`;
/** Workers that are gone are listed for so long. */
const remembered = sql`interval '1 day'`;

/** @returns its id. */
export async function register(
  database: Database,
  values: Pick<Worker, 'name' | 'engine' | 'concurrency'>,
): Promise<string> {
  const [row] = await query(database, (orm) => orm.insert(worker).values(values).returning({ id: worker.id }));
  if (row) return row.id;
  throw new DatabaseError('QUERY_FAILED', 'The worker was not registered.');
}

/** It stops, and holds nothing any more. */
export async function unregister(database: Database, id: string): Promise<void> {
  await query(database, (orm) =>
    orm
      .update(worker)
      .set({ stoppedAt: sql`now()` })
      .where(eq(worker.id, id)),
  );
}

/** Those that live, and those heard of within a day; newest first, at most 1000. */
export async function workers(database: Database): Promise<Worker[]> {
  const running = sql<number>`(select count(*)::int from ${spectrumPart}
    where ${spectrumPart.workerId} = ${worker.id} and ${spectrumPart.status} = 'running')`;
  const lives = and(isNull(worker.stoppedAt), gt(worker.heartbeatAt, sql`now() - ${silence}`));
  return query(database, (orm) =>
    orm
      .select({ ...getTableColumns(worker), alive: sql<boolean>`(${lives}) is true`, running })
      .from(worker)
      .where(or(lives, gt(worker.heartbeatAt, sql`now() - ${remembered}`)))
      .orderBy(desc(worker.startedAt), desc(worker.id))
      .limit(1000),
  );
}
