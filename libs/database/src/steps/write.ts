/** Writes steps of any runs, one result for each: what was logged is kept, what was missing is filled in. */
import { stepMeasures, type StepMeasure, type StepValues } from '@ritz/records';
import { and, getTableColumns, sql } from 'drizzle-orm';
import type { Database, Executor } from '../connection/Database.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { runNotFound } from '../runs/find.ts';
import { lockRuns } from '../runs/lockRuns.ts';
import { step } from '../schema/step.ts';
import type { Step } from './Step.ts';
import { beyond, storeContradictions, toGoBack, type Contradicted } from './contradicted.ts';
import { findSuperseded } from './superseded.ts';
import { atSteps, stepName } from './stepKeys.ts';

export interface GivenStep extends StepValues {
  readonly runId: string;
  /** `null` = none was made by the client. */
  readonly id: string | null;
  readonly number: number;
}

/** `UPDATED`: numbers were filled in that were missing so far. */
export type WrittenStep =
  | { readonly status: 'CREATED' | 'UPDATED' | 'UNCHANGED'; readonly step: Step }
  | { readonly status: 'REFUSED'; readonly error: DatabaseError };

interface Known {
  readonly values: Omit<Step, 'id'> & { readonly id: string | null };
  readonly from: 'database' | 'request';
}

const sources: Readonly<Record<Known['from'], string>> = {
  database: 'is stored',
  request: 'came earlier in this request',
};

/** A statement has at most 65 535 parameters; a step takes sixteen. */
const chunk = 2000;

/**
 * Inside a transaction. Refused are steps of runs that do not exist, values other than those stored or given before, and what is new
 * beyond such a contradiction, made here or before.
 * @param contradicted the contradictions made here are added.
 */
export async function writeSteps(
  database: Database,
  orm: Executor,
  given: readonly GivenStep[],
  contradicted: Contradicted = new Map(),
): Promise<WrittenStep[]> {
  const runs = await lockRuns(
    database,
    orm,
    given.map(({ runId }) => runId),
  );
  const superseded = await findSuperseded(orm, given);
  const known = new Map<string, Known>();
  for (const row of await select(orm, given)) {
    known.set(stepName(row.runId, row.number), { values: row, from: 'database' });
  }
  const changed = new Set<string>();
  const results = given.map((one): WrittenStep['status'] | DatabaseError | { readonly repeated: Step } => {
    if (!runs.has(one.runId)) return runNotFound(one.runId, 'runId');
    const key = stepName(one.runId, one.number);
    const before = known.get(key);
    const clash = before && clashOf(before, one);
    const repeated = clash || before === undefined ? superseded(one, before !== undefined) : undefined;
    if (repeated) return { repeated };
    if (clash) {
      if (!clash.field?.includes('id')) contradict(contradicted, one);
      return clash;
    }
    const values = before ? filled(before.values, one) : one;
    const fresh = before === undefined || differ(before.values, values);
    const from = Math.min(contradicted.get(one.runId) ?? Infinity, runs.get(one.runId) ?? Infinity);
    if (fresh && one.number >= from && !(before && repeatsOutcome(before.values, one))) return beyond(one.runId, from);
    if (fresh) {
      known.set(key, { values, from: 'request' });
      changed.add(key);
    }
    return before === undefined ? 'CREATED' : fresh ? 'UPDATED' : 'UNCHANGED';
  });
  const rows = [...changed].flatMap((key) => known.get(key)?.values ?? []);
  await storeContradictions(orm, contradicted);
  for (let start = 0; start < rows.length; start += chunk) await upsert(orm, rows.slice(start, start + chunk));
  const stored = new Map((await select(orm, given)).map((row) => [stepName(row.runId, row.number), row]));
  return results.map((status, at): WrittenStep => {
    if (status instanceof DatabaseError || status === 'REFUSED') {
      return { status: 'REFUSED', error: status === 'REFUSED' ? runNotFound('') : status };
    }
    if (typeof status === 'object') return { status: 'UNCHANGED', step: status.repeated };
    const one = given[at];
    const row = one && stored.get(stepName(one.runId, one.number));
    return row ? { status, step: row } : { status: 'REFUSED', error: runNotFound(one?.runId ?? '', 'runId') };
  });
}

function contradict(contradicted: Contradicted, { runId, number }: GivenStep): void {
  contradicted.set(runId, Math.min(number, contradicted.get(runId) ?? number));
}

async function select(orm: Executor, steps: readonly GivenStep[]): Promise<Step[]> {
  const wanted = atSteps(step.runId, step.number, steps);
  return wanted === undefined ? [] : orm.select().from(step).where(and(wanted));
}

function filled(before: Known['values'], one: GivenStep): Known['values'] {
  const values = stepMeasures.map((field) => [field, before[field] ?? one[field]]);
  return { ...before, id: before.id ?? one.id, ...Object.fromEntries(values) };
}

/** What a training gives, and not the schedule: another training of the run has other ones. */
const outcomes = stepMeasures.filter((name) => name !== 'epoch' && name !== 'learningRate');

/** A step that says again what is stored of it is of the same training. */
function repeatsOutcome(before: Known['values'], one: GivenStep): boolean {
  return outcomes.some((field) => before[field] !== null && before[field] === one[field]);
}

function differ(before: Known['values'], after: Known['values']): boolean {
  return (['id', ...stepMeasures] as const).some((field) => before[field] !== after[field]);
}

function clashOf({ values, from }: Known, one: GivenStep): DatabaseError | undefined {
  const field = (['id', ...stepMeasures] as const).find(
    (name) => values[name] !== null && one[name] !== null && values[name] !== one[name],
  );
  if (field === undefined) return undefined;
  return new DatabaseError(
    'CONFLICT',
    `${field}: expected ${values[field]}, which ${sources[from]} for step ${one.number}, got ${one[field]}. The first value is kept.${field === 'id' ? '' : ` ${toGoBack(one.runId, one.number)}`}`,
    { field: [field] },
  );
}

async function upsert(orm: Executor, rows: readonly Known['values'][]): Promise<void> {
  const columns = getTableColumns(step);
  // A spectrum recorded meanwhile may have made an empty row, which is filled in.
  const fill = (field: StepMeasure) =>
    sql`coalesce(${columns[field]}, excluded.${sql.identifier(columns[field].name)})`;
  // Ascending, so that two writers of the same steps wait for each other instead of deadlocking.
  const ordered = [...rows].sort((a, b) => a.number - b.number);
  await orm
    .insert(step)
    .values(ordered.map(({ id, ...values }) => (id === null ? values : { ...values, id })))
    .onConflictDoUpdate({
      target: [step.runId, step.number],
      set: Object.fromEntries(stepMeasures.map((field) => [field, fill(field)])),
    });
}
