/**
 * Runs of which a value was sent again with another one. What comes next may be of another training, so nothing new is stored of the
 * run behind that step, in this request or a later one, until it is said which training goes on: by a rewind, or by a fork.
 */
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { Executor } from '../connection/Database.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { run } from '../schema/run.ts';

/** Runs with the lowest step that was contradicted. */
export type Contradicted = Map<string, number>;

/** Keeps it with the runs. */
export async function storeContradictions(orm: Executor, contradicted: Contradicted): Promise<void> {
  // Ascending, so that two writers wait for each other instead of deadlocking.
  for (const [id, number] of [...contradicted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await orm
      .update(run)
      .set({ contradictedStep: number })
      .where(and(eq(run.id, id), or(isNull(run.contradictedStep), gt(run.contradictedStep, number))));
  }
}

/** Why something new of a run is refused after one of its values was contradicted. */
export function beyond(runId: string, from: number): DatabaseError {
  return new DatabaseError(
    'CONFLICT',
    `Step ${from} of run ${runId} was sent again with other values, so that what follows may be of another training. ` +
      toGoBack(runId, from),
    { field: ['number'] },
  );
}

export function toGoBack(runId: string, number: number): string {
  return (
    `If the training went on from an earlier checkpoint, rewind the run first (` +
    `{"v":1,"kind":"rewind","id":"<new UUID>","runId":"${runId}","step":<a step before ${number}>}), or record a fork of it.`
  );
}
