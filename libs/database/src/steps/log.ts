/** Logs steps: each number of a step is written once; sending it again changes nothing, sending another is refused. */
import { and, eq, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import type { Database, Executor } from '../connection/Database.ts';
import { transaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { pathText, requireFinite, requireInt32 } from '../input/number.ts';
import { isUuid, requireUuid } from '../input/uuid.ts';
import { runNotFound } from '../runs/find.ts';
import { requireRun } from '../runs/requireRun.ts';
import { step } from '../schema/step.ts';
import { type LogSteps, type NewStep, type Step, stepFields, type StepValues } from './Step.ts';

type GivenStep = StepValues & { readonly id: string | null; readonly number: number };

/** A statement has at most 65 535 parameters; a step takes nine. */
const chunk = 2000;

/**
 * Writes all steps or none. A number that was `null` may be filled in later.
 * @returns the steps as stored, in the order given.
 * @throws DatabaseError NOT_FOUND for the run; CONFLICT naming the step and the field when another value is stored (or
 *   given twice here); NON_FINITE or INVALID naming the field.
 */
export async function log(database: Database, { runId, steps }: LogSteps): Promise<Step[]> {
  if (!isUuid(runId)) throw runNotFound(runId, 'runId');
  const given = merge(steps.map(normaliseStep));
  return transaction(database, async (orm) => {
    await requireRun(orm, runId);
    const stored = new Map<number, Step>();
    // Ascending, so that two clients that write the same steps wait for each other instead of deadlocking.
    const ordered = [...given.values()].sort((a, b) => a.number - b.number);
    for (let start = 0; start < ordered.length; start += chunk) {
      const part = ordered.slice(start, start + chunk);
      await upsert(orm, runId, part);
      for (const row of await selectSteps(orm, runId, part)) stored.set(row.number, row);
    }
    return steps.map((one, at) => requireSame(stored.get(one.number), given.get(one.number), runId, at));
  });
}

function normaliseStep(one: NewStep, at: number): GivenStep {
  const path = ['steps', String(at)];
  const value = (field: keyof StepValues): number | null => {
    const number = one[field];
    return number === null || number === undefined ? null : requireFinite(number, [...path, field]);
  };
  return {
    id: one.id === null || one.id === undefined ? null : requireUuid(one.id, [...path, 'id']),
    number: requireInt32(one.number, [...path, 'number'], { min: 0 }),
    epoch: value('epoch'),
    trainLoss: value('trainLoss'),
    trainAccuracy: value('trainAccuracy'),
    testLoss: value('testLoss'),
    testAccuracy: value('testAccuracy'),
    learningRate: value('learningRate'),
    gradientNorm: value('gradientNorm'),
  };
}

/** One entry per step number; what one leaves out another may say, but not otherwise. */
function merge(steps: readonly GivenStep[]): Map<number, GivenStep> {
  const merged = new Map<number, GivenStep>();
  steps.forEach((one, at) => {
    const before = merged.get(one.number);
    if (before === undefined) {
      merged.set(one.number, one);
      return;
    }
    for (const field of ['id', ...stepFields] as const) {
      if (before[field] !== null && one[field] !== null && before[field] !== one[field]) {
        throw conflict(one.number, field, before[field], one[field], at, 'is given twice in this request');
      }
    }
    const joined = stepFields.map((field) => [field, before[field] ?? one[field]]);
    merged.set(one.number, { ...before, id: before.id ?? one.id, ...Object.fromEntries(joined) });
  });
  return merged;
}

async function upsert(orm: Executor, runId: string, steps: readonly GivenStep[]): Promise<void> {
  const columns = getTableColumns(step);
  const given = (field: keyof StepValues): SQL<number | null> => sql`excluded.${sql.identifier(columns[field].name)}`;
  const fill = (field: keyof StepValues): SQL<number | null> => sql`coalesce(${columns[field]}, ${given(field)})`;
  await orm
    .insert(step)
    .values(steps.map(({ id, ...values }) => ({ ...values, runId, ...(id === null ? {} : { id }) })))
    .onConflictDoUpdate({
      target: [step.runId, step.number],
      set: Object.fromEntries(stepFields.map((field) => [field, fill(field)])),
      // A step that says nothing new is not rewritten.
      setWhere: sql.join(
        stepFields.map((field) => sql`(${columns[field]} is null and ${given(field)} is not null)`),
        sql` or `,
      ),
    });
}

function selectSteps(orm: Executor, runId: string, steps: readonly GivenStep[]): Promise<Step[]> {
  const numbers = steps.map((one) => one.number);
  return orm
    .select()
    .from(step)
    .where(and(eq(step.runId, runId), inArray(step.number, numbers)));
}

function requireSame(stored: Step | undefined, given: GivenStep | undefined, runId: string, at: number): Step {
  if (stored === undefined || given === undefined) throw runNotFound(runId, 'runId');
  for (const field of ['id', ...stepFields] as const) {
    if (given[field] !== null && given[field] !== stored[field]) {
      throw conflict(given.number, field, stored[field], given[field], at, 'is stored already');
    }
  }
  return stored;
}

function conflict(
  number: number,
  field: string,
  before: number | string | null,
  value: number | string | null,
  at: number,
  how: string,
): DatabaseError {
  const path = ['steps', String(at), field];
  return new DatabaseError(
    'CONFLICT',
    `${pathText(path)} is ${value}, but for step ${number} ${field} ${before} ${how}. What was logged is kept.`,
    { field: path },
  );
}
