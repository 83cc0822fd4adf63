/** Steps by id, by run and number, in pages, and as whole curves. */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { decodeCursor, encodeCursor, invalidCursor, pageLength } from '../input/cursor.ts';
import { inOrder } from '../input/inOrder.ts';
import type { Page } from '../input/Page.ts';
import { isUuid } from '@ritz/records';
import { runNotFound } from '../runs/find.ts';
import { step } from '../schema/step.ts';
import type { Step, StepKey, StepListOptions } from './Step.ts';
import { atSteps, stepName } from './stepKeys.ts';

const ordering = 'steps NUMBER ASC';

/** One answer per id, in order; `null` where there is no such step. */
export async function byIds(database: Database, ids: readonly string[]): Promise<(Step | null)[]> {
  const rows = await query(database, (orm) =>
    orm
      .select()
      .from(step)
      .where(and(inArray(step.id, ids.filter(isUuid)), visibleRun(database, step.runId))),
  );
  return inOrder(ids, rows, (row) => row.id);
}

/** One answer per run and number, in order; `null` where nothing was logged. */
export async function byNumbers(database: Database, keys: readonly StepKey[]): Promise<(Step | null)[]> {
  const wanted = atSteps(step.runId, step.number, keys);
  if (wanted === undefined) return keys.map(() => null);
  const rows = await query(database, (orm) =>
    orm
      .select()
      .from(step)
      .where(and(wanted, visibleRun(database, step.runId))),
  );
  const names = keys.map((key) => stepName(key.runId, key.number));
  return inOrder(names, rows, (row) => stepName(row.runId, row.number));
}

/**
 * A run's steps in ascending order, page by page.
 * @throws DatabaseError NOT_FOUND for something that is no run id; INVALID for the page length or the cursor.
 */
export async function list(database: Database, runId: string, options: StepListOptions = {}): Promise<Page<Step>> {
  if (!isUuid(runId)) throw runNotFound(runId, 'runId');
  const length = pageLength(options.first);
  const after = options.after ?? null;
  const ofRun = and(eq(step.runId, runId), visibleRun(database, step.runId));
  const behind = after === null ? undefined : gt(step.number, numberOf(after));
  return query(database, async (orm) => {
    const [rows, counts] = await Promise.all([
      orm
        .select()
        .from(step)
        .where(and(ofRun, behind))
        .orderBy(asc(step.number))
        .limit(length + 1),
      orm
        .select({ count: sql<number>`count(*)::int` })
        .from(step)
        .where(ofRun),
    ]);
    const items = rows.slice(0, length);
    return {
      items,
      cursors: items.map((item) => encodeCursor([ordering, String(item.number)])),
      hasNextPage: rows.length > length,
      hasPreviousPage: after !== null,
      totalCount: counts[0]?.count ?? 0,
    };
  });
}

function numberOf(cursor: string): number {
  const [text = ''] = decodeCursor(cursor, ordering, 1);
  const number = Number(text);
  if (text === '' || !Number.isSafeInteger(number) || Math.abs(number) >= 2 ** 31) throw invalidCursor(cursor);
  return number;
}
