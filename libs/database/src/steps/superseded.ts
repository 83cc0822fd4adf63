/** Steps that a rewind superseded, recognised when they are sent again. */
import { stepMeasures, type StepValues } from '@ritz/records';
import { and, inArray, max, sql } from 'drizzle-orm';
import type { Executor } from '../connection/Database.ts';
import { supersededOf } from '../runs/rewind.ts';
import { step } from '../schema/step.ts';
import type { Step } from './Step.ts';

interface SentStep extends StepValues {
  readonly runId: string;
  readonly id: string | null;
  readonly number: number;
}

/**
 * Finds the superseded step that a step repeats; undefined for any other. A step of which the run has none now is new where it lies
 * beyond all that the run has: a training that goes on repeats what was superseded, too, when nothing in it is random.
 */
export async function findSuperseded(
  orm: Executor,
  given: readonly SentStep[],
): Promise<(one: SentStep, isStored: boolean) => Step | undefined> {
  const runIds = [...new Set(given.map(({ runId }) => runId))];
  const parts = await supersededOf(orm, runIds);
  if (parts.size === 0) return () => undefined;
  const numbers = [...new Set(given.map(({ number }) => number))];
  const rows = await orm
    .select()
    .from(step)
    .where(and(inArray(step.runId, [...parts.keys()]), sql`${step.number} = any(${sql.param(numbers)}::int[])`));
  const ends = await orm
    .select({ runId: step.runId, last: max(step.number) })
    .from(step)
    .where(inArray(step.runId, runIds))
    .groupBy(step.runId);
  const lastOf = new Map(ends.map(({ runId, last }) => [runId, last ?? -1]));
  return (one, isStored) => {
    if (!isStored && one.number > (lastOf.get(one.runId) ?? -1)) return undefined;
    return rows.find((row) => parts.get(row.runId) === one.runId && row.number === one.number && hasAll(row, one));
  };
}

function hasAll(row: Step, one: SentStep): boolean {
  return (['id', ...stepMeasures] as const).every((field) => one[field] === null || one[field] === row[field]);
}
