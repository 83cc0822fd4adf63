/** Runs joined with the names of their project and experiment. */
import { eq, getTableColumns } from 'drizzle-orm';
import type { Executor } from '../connection/Database.ts';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';
import { run } from '../schema/run.ts';

const columns = {
  ...getTableColumns(run),
  projectId: project.id,
  projectName: project.name,
  experimentName: experiment.name,
};

/** A query of Run rows, to be narrowed by the caller. */
export function selectRuns(orm: Executor) {
  return orm
    .select(columns)
    .from(run)
    .innerJoin(experiment, eq(experiment.id, run.experimentId))
    .innerJoin(project, eq(project.id, experiment.projectId))
    .$dynamic();
}
