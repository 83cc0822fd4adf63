/** Training curves: every logged step of a run, none left out, as parallel arrays. */
import { and, asc, inArray } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { groupedInOrder } from '../input/inOrder.ts';
import { isUuid } from '../input/uuid.ts';
import { step } from '../schema/step.ts';
import type { History, Step } from './Step.ts';

/** The curves of each run, in the order of the ids; empty columns for a run without steps. */
export async function histories(database: Database, runIds: readonly string[]): Promise<History[]> {
  const rows = await query(database, (orm) =>
    orm
      .select()
      .from(step)
      .where(and(inArray(step.runId, runIds.filter(isUuid)), visibleRun(database, step.runId)))
      .orderBy(asc(step.runId), asc(step.number)),
  );
  return groupedInOrder(runIds, rows, (row) => row.runId).map(columnsOf);
}

/** The curves of one run. */
export async function history(database: Database, runId: string): Promise<History> {
  const [only] = await histories(database, [runId]);
  return only ?? columnsOf([]);
}

function columnsOf(steps: readonly Step[]): History {
  return {
    number: steps.map((row) => row.number),
    epoch: steps.map((row) => row.epoch),
    trainLoss: steps.map((row) => row.trainLoss),
    trainAccuracy: steps.map((row) => row.trainAccuracy),
    testLoss: steps.map((row) => row.testLoss),
    testAccuracy: steps.map((row) => row.testAccuracy),
    learningRate: steps.map((row) => row.learningRate),
    gradientNorm: steps.map((row) => row.gradientNorm),
  };
}
