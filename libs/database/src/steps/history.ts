/** Training curves: every logged step of a run, none left out, as parallel arrays. */
import { and, inArray, sql } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { inOrder } from '../input/inOrder.ts';
import { isUuid } from '../input/uuid.ts';
import { step } from '../schema/step.ts';
import type { History } from './Step.ts';

type HistoryRow = History & { readonly runId: string };

/**
 * The curves of each run, in the order of the ids; empty columns for a run without steps. The server gathers the columns: a row for
 * each step would cost ten times as much to read.
 */
export async function histories(database: Database, runIds: readonly string[]): Promise<History[]> {
  const wanted = and(inArray(step.runId, runIds.filter(isUuid)), visibleRun(database, step.runId));
  const { rows } = await query(database, (orm) =>
    orm.execute<HistoryRow & Record<string, unknown>>(sql`
      select run_id as "runId", json_agg(number) as number, json_agg(epoch) as epoch,
        json_agg(train_loss) as "trainLoss", json_agg(train_accuracy) as "trainAccuracy",
        json_agg(test_loss) as "testLoss", json_agg(test_accuracy) as "testAccuracy",
        json_agg(learning_rate) as "learningRate", json_agg(gradient_norm) as "gradientNorm"
      from (select * from ${step} where ${wanted} order by run_id, number) as ordered
      group by run_id`),
  );
  return inOrder(runIds, rows, (row) => row.runId).map((row) => (row === null ? nothing : columnsOf(row)));
}

/** The curves of one run. */
export async function history(database: Database, runId: string): Promise<History> {
  const [only] = await histories(database, [runId]);
  return only ?? nothing;
}

const nothing: History = {
  number: [],
  epoch: [],
  trainLoss: [],
  trainAccuracy: [],
  testLoss: [],
  testAccuracy: [],
  learningRate: [],
  gradientNorm: [],
};

function columnsOf({ runId: _runId, ...columns }: HistoryRow): History {
  return columns;
}
