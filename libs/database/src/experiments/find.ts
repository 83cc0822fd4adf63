/** Experiments: found by name inside their project, created when first named. */
import { and, asc, eq, getTableColumns, inArray } from 'drizzle-orm';
import { visibleProject } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { groupedInOrder, inOrder } from '../input/inOrder.ts';
import { isUuid } from '@ritz/records';
import { requireText } from '../input/require.ts';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';

const mostExperiments = 1000;

export interface Experiment {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** One answer per id, in order; `null` where there is no such experiment. */
export async function byIds(database: Database, ids: readonly string[]): Promise<(Experiment | null)[]> {
  const rows = await query(database, (orm) =>
    orm
      .select()
      .from(experiment)
      .where(and(inArray(experiment.id, ids.filter(isUuid)), visibleProject(database, experiment.projectId))),
  );
  return inOrder(ids, rows, (row) => row.id);
}

/** All experiments, by project and name, at most 1000; those of one project if its name is given. */
export async function list(database: Database, projectName?: string | null): Promise<Experiment[]> {
  return query(database, (orm) =>
    orm
      .select(getTableColumns(experiment))
      .from(experiment)
      .innerJoin(project, eq(project.id, experiment.projectId))
      .where(
        and(
          visibleProject(database, experiment.projectId),
          projectName ? eq(project.name, requireText(projectName, ['project'])) : undefined,
        ),
      )
      .orderBy(asc(project.name), asc(experiment.name))
      .limit(mostExperiments),
  );
}

/** The experiments of each project, by name. */
export async function byProjects(database: Database, projectIds: readonly string[]): Promise<Experiment[][]> {
  const rows = await query(database, (orm) =>
    orm
      .select()
      .from(experiment)
      .where(
        and(inArray(experiment.projectId, projectIds.filter(isUuid)), visibleProject(database, experiment.projectId)),
      )
      .orderBy(asc(experiment.name)),
  );
  return groupedInOrder(projectIds, rows, (row) => row.projectId);
}
