/** A training that goes on from an earlier step: what the run has beyond it is superseded, kept apart and shown on request only. */
import { and, eq, getTableColumns, gt, inArray, sql } from 'drizzle-orm';
import { requireScope, visibleRun } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { query, transaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { requireInteger, requireUuid } from '../input/require.ts';
import { cancel } from '../jobs/change.ts';
import { run } from '../schema/run.ts';
import { spectrumJob } from '../schema/spectrumJob.ts';
import { step } from '../schema/step.ts';
import { byIds, get, runNotFound } from './find.ts';
import { lockRuns } from './lockRuns.ts';
import type { Run } from './Run.ts';

export interface NewRewind {
  /** Made by the client: the same again changes nothing. What is superseded becomes a run under it. */
  readonly id: string;
  readonly runId: string;
  /** The last step that stays. */
  readonly step: number;
}

export interface Rewound {
  readonly run: Run;
  /** What was superseded: a run with the settings of the other, whose parent it is, and the steps and spectra beyond the step. */
  readonly superseded: Run;
  /** False when the same rewind was made already. */
  readonly changed: boolean;
}

/**
 * Rewinds a run, which is running again afterwards. Jobs of the queue beyond the step are cancelled, and go with what is superseded.
 * @throws DatabaseError FORBIDDEN without WRITE; NOT_FOUND; CONFLICT when the id is another's; INVALID.
 */
export async function rewind(database: Database, given: NewRewind): Promise<Rewound> {
  requireScope(database, 'write');
  const id = requireUuid(given.id, ['id']);
  const runId = requireUuid(given.runId, ['runId']);
  const number = requireInteger(given.step, ['step'], { min: 0, max: 2 ** 31 - 1 });
  const [made] = await byIds(database, [id]);
  if (!made) await cancelJobsBeyond(database, runId, number);
  const changed = await transaction(database, async (orm) => {
    if (!(await lockRuns(database, orm, [runId])).has(runId)) throw runNotFound(runId, 'runId');
    if (await isMade(orm, { id, runId, step: number })) return false;
    await insertSuperseded(orm, { id, runId, step: number });
    // Their spectra follow by the foreign key.
    await orm
      .update(step)
      .set({ runId: id })
      .where(and(eq(step.runId, runId), gt(step.number, number)));
    await orm
      .update(spectrumJob)
      .set({ runId: id })
      .where(and(eq(spectrumJob.runId, runId), gt(spectrumJob.stepNumber, number)));
    await orm.update(run).set({ status: 'running', finishedAt: null, contradictedStep: null }).where(eq(run.id, runId));
    return true;
  });
  return { run: await get(database, runId), superseded: await get(database, id), changed };
}

/** So that no worker records a spectrum of the superseded parameters meanwhile. */
async function cancelJobsBeyond(database: Database, runId: string, number: number): Promise<void> {
  const open = await query(database, (orm) =>
    orm
      .select({ id: spectrumJob.id })
      .from(spectrumJob)
      .where(
        and(
          eq(spectrumJob.runId, runId),
          gt(spectrumJob.stepNumber, number),
          inArray(spectrumJob.status, ['queued', 'running']),
          visibleRun(database, spectrumJob.runId),
        ),
      ),
  );
  for (const job of open) {
    try {
      await cancel(database, job.id);
    } catch (error) {
      // It ended meanwhile: what it recorded is superseded with the rest.
      if (!(error instanceof DatabaseError) || error.code !== 'CONFLICT') throw error;
    }
  }
}

/** Throws CONFLICT when the id stands for something else. */
async function isMade(orm: Executor, { id, runId, step: number }: NewRewind): Promise<boolean> {
  const [taken] = await orm.select().from(run).where(eq(run.id, id));
  if (!taken) return false;
  if (taken.supersededAt && taken.parentId === runId && taken.parentStep === number) return true;
  throw new DatabaseError('CONFLICT', `The id ${id} is taken. Give a new rewind a new id.`, { field: ['id'] });
}

/** A copy of the run, without its steps. */
async function insertSuperseded(orm: Executor, { id, runId, step: number }: NewRewind): Promise<void> {
  const own = {
    id: sql`${id}::uuid`,
    parentId: sql`${runId}::uuid`,
    parentStep: sql`${number}::integer`,
    supersededAt: sql`now()`,
    createdAt: sql`now()`,
    updatedAt: sql`now()`,
    status: sql`case when status = 'running' then 'interrupted' else status end`,
    finishedAt: sql`coalesce(finished_at, now())`,
    contradictedStep: sql`null::integer`,
  };
  const columns = Object.entries(getTableColumns(run)).map(([field, { name }]) => ({
    name: sql.identifier(name),
    value: field in own ? own[field as keyof typeof own] : sql.identifier(name),
  }));
  await orm.execute(sql`
    insert into ${run} (${sql.join(
      columns.map(({ name }) => sql`${name}`),
      sql`, `,
    )})
    select ${sql.join(
      columns.map(({ value }) => sql`${value}`),
      sql`, `,
    )} from ${run} where ${run.id} = ${runId}`);
}

/** Which runs rewinds made of these: their ids, with the id of the run that was rewound. */
export async function supersededOf(orm: Executor, runIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await orm
    .select({ id: run.id, parentId: run.parentId })
    .from(run)
    .where(and(inArray(run.parentId, [...runIds]), sql`${run.supersededAt} is not null`));
  return new Map(rows.flatMap(({ id, parentId }) => (parentId === null ? [] : [[id, parentId] as const])));
}
