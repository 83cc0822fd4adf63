/** Makes sure, inside a transaction, that the run something is written to exists until the transaction ends. */
import { eq } from 'drizzle-orm';
import type { Executor } from '../connection/Database.ts';
import { run } from '../schema/run.ts';
import { runNotFound } from './find.ts';

/** Throws NOT_FOUND naming `runId` when there is none; otherwise its row is held against removal. */
export async function requireRun(orm: Executor, runId: string): Promise<void> {
  const rows = await orm.select({ id: run.id }).from(run).where(eq(run.id, runId)).for('key share');
  if (rows.length === 0) throw runNotFound(runId, 'runId');
}
