/** Creates a run under the id its client made, so that a retry neither duplicates nor changes it. */
import { and, eq, gt } from 'drizzle-orm';
import { requireProject, requireScope, visibleRun } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { transaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { ensureExperiment } from '../experiments/ensureExperiment.ts';
import { pathText, runSchema, type NewRun, type RunValues } from '@ritz/records';
import { differences } from '../input/differences.ts';
import { parse } from '../input/parse.ts';
import { ensureProject } from '../projects/ensureProject.ts';
import { run } from '../schema/run.ts';
import type { Run } from './Run.ts';
import { selectRuns } from './selectRuns.ts';

export interface CreatedRun {
  readonly run: Run;
  /** False when the same run was there already. */
  readonly created: boolean;
}

/** What a copy of a run brings along from where it was made first; nothing of it is compared with what is stored. */
export interface RunOrigin {
  readonly createdAt?: Date;
  readonly editedAt?: Date;
  readonly archived?: boolean;
  readonly supersededAt?: Date;
}

/**
 * Project and experiment are found by name or created.
 * @throws DatabaseError FORBIDDEN; CONFLICT naming the fields when the id exists with other values; INVALID or NON_FINITE
 *   naming the field.
 */
export async function create(database: Database, newRun: NewRun): Promise<CreatedRun> {
  return createChecked(database, parse(runSchema, newRun));
}

/** As `create`, for a run that was checked. */
export async function createChecked(database: Database, given: RunValues, origin: RunOrigin = {}): Promise<CreatedRun> {
  requireScope(database, 'write');
  requireProject(database, given.project);
  if ((given.parentId === null) !== (given.parentStep === null)) {
    throw new DatabaseError('INVALID', 'parentStep: expected parentId and parentStep together, got one of them.', {
      field: ['parentStep'],
    });
  }
  const { project: projectName, experiment: experimentName, tags, ...values } = given;
  return transaction(database, async (orm) => {
    const earlier = await find(database, orm, given.id);
    if (earlier !== undefined) return { run: requireSame(earlier, given), created: false };
    const projectId = await ensureProject(orm, projectName);
    const experimentId = await ensureExperiment(orm, projectId, experimentName);
    const inserted = await orm
      .insert(run)
      .values({ ...values, ...origin, tags: [...tags], experimentId })
      .onConflictDoNothing()
      .returning({ id: run.id });
    await freeParent(database, orm, given);
    const stored = await find(database, orm, given.id);
    if (stored === undefined) {
      throw new DatabaseError(
        'CONFLICT',
        `The id ${given.id} is taken, or its run was removed while it was created. Give a new run a new id.`,
        { field: ['id'] },
      );
    }
    return { run: requireSame(stored, given), created: inserted.length === 1 };
  });
}

/** A fork from before a contradicted step says where the other training belongs: its parent goes on as what it was. */
async function freeParent(database: Database, orm: Executor, { parentId, parentStep }: RunValues): Promise<void> {
  if (parentId === null || parentStep === null) return;
  await orm
    .update(run)
    .set({ contradictedStep: null })
    .where(and(eq(run.id, parentId), gt(run.contradictedStep, parentStep), visibleRun(database, run.id)));
}

async function find(database: Database, orm: Executor, id: string): Promise<Run | undefined> {
  return (await selectRuns(database, orm, eq(run.id, id)))[0];
}

/** `stored`, when everything the client said about it is what is stored, but for what people changed since. */
function requireSame(stored: Run, given: RunValues): Run {
  const {
    projectName: project,
    experimentName: experiment,
    projectId: _project,
    experimentId: _experiment,
    status: _status,
    archived: _archived,
    supersededAt: _superseded,
    contradictedStep: _contradicted,
    editedAt,
    createdAt: _created,
    updatedAt: _updated,
    finishedAt: _finished,
    ...settings
  } = stored;
  const { name, tags, notes } = stored;
  // Clients of before it was known do not say it.
  const isSaid = stored.normalisation !== null && given.normalisation !== null;
  const normalisation = isSaid ? stored.normalisation : given.normalisation;
  const different = differences(
    { ...settings, normalisation, project, experiment },
    editedAt === null ? given : { ...given, name, tags, notes },
  );
  if (different.length === 0) return stored;
  throw new DatabaseError(
    'CONFLICT',
    `Run ${stored.id} exists with other values of ${different.map(pathText).join(', ')}. ` +
      'Give a new run a new id; a run that was created keeps its settings.',
    { field: different[0] },
  );
}
