/** Creates a run under the id its client made, so that a retry neither duplicates nor changes it. */
import { eq } from 'drizzle-orm';
import type { Database } from '../connection/Database.ts';
import { transaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { ensureExperiment } from '../experiments/ensureExperiment.ts';
import { differences } from '../input/differences.ts';
import { pathText } from '../input/number.ts';
import { ensureProject } from '../projects/ensureProject.ts';
import { run } from '../schema/run.ts';
import { normaliseRun, type RunPayload } from './normaliseRun.ts';
import type { NewRun, Run } from './Run.ts';
import { selectRuns } from './selectRuns.ts';

export interface CreatedRun {
  readonly run: Run;
  /** False when the same run was there already. */
  readonly created: boolean;
}

/**
 * Project and experiment are found by name or created.
 * @throws DatabaseError CONFLICT naming the fields when the id exists with other values; INVALID or NON_FINITE naming
 *   the field.
 */
export async function create(database: Database, newRun: NewRun): Promise<CreatedRun> {
  const { projectName, experimentName, tags, ...values } = normaliseRun(newRun);
  const payload: RunPayload = { projectName, experimentName, tags, ...values };
  return transaction(database, async (orm) => {
    const find = async (): Promise<Run | undefined> => (await selectRuns(orm).where(eq(run.id, values.id)))[0];
    const earlier = await find();
    if (earlier !== undefined) return { run: requireSame(earlier, payload), created: false };
    const projectId = await ensureProject(orm, projectName);
    const experimentId = await ensureExperiment(orm, projectId, experimentName);
    const inserted = await orm
      .insert(run)
      .values({ ...values, tags: [...tags], experimentId })
      .onConflictDoNothing()
      .returning({ id: run.id });
    const stored = await find();
    if (stored === undefined) throw new DatabaseError('CONFLICT', `Run ${values.id} was removed while it was created.`);
    return { run: requireSame(stored, payload), created: inserted.length === 1 };
  });
}

/** `stored`, when everything the client said about it is what is stored. */
function requireSame(stored: Run, payload: RunPayload): Run {
  const {
    projectId: _project,
    experimentId: _experiment,
    status: _status,
    archived: _archived,
    createdAt: _created,
    finishedAt: _finished,
    ...said
  } = stored;
  const different = differences(said, payload);
  if (different.length === 0) return stored;
  throw new DatabaseError(
    'CONFLICT',
    `Run ${stored.id} exists with other values of ${different.map(pathText).join(', ')}. ` +
      'Give a new run a new id; a run that was created keeps its settings.',
    { field: different[0] },
  );
}
