/** Runs joined with the names of their project and experiment. */
import { and, eq, getTableColumns, type SQL } from 'drizzle-orm';
import { visibleProject } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';
import { run } from '../schema/run.ts';

export const runColumns = {
  ...getTableColumns(run),
  projectId: project.id,
  projectName: project.name,
  experimentName: experiment.name,
};

/** A query of the Run rows that exist for this access and match. */
export function selectRuns(database: Database, orm: Executor, matches: SQL | undefined) {
  return orm
    .select(runColumns)
    .from(run)
    .innerJoin(experiment, eq(experiment.id, run.experimentId))
    .innerJoin(project, eq(project.id, experiment.projectId))
    .where(and(visibleProject(database, project.id), matches))
    .$dynamic();
}
