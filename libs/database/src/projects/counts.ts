/** How much is in each project. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { visibleProject } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { isUuid } from '@ritz/records';
import { experiment } from '../schema/experiment.ts';
import { run } from '../schema/run.ts';
import { spectrum } from '../schema/spectrum.ts';

export interface ProjectCounts {
  readonly runs: number;
  /** Number of archived runs. */
  readonly archived: number;
  readonly spectra: number;
}

const nothing: ProjectCounts = { runs: 0, archived: 0, spectra: 0 };

/** One answer per project id, in order; zeros where nothing is stored. */
export async function counts(database: Database, ids: readonly string[]): Promise<ProjectCounts[]> {
  const rows = await query(database, (orm) =>
    orm
      .select({
        id: experiment.projectId,
        runs: sql<number>`count(*)::int`,
        archived: sql<number>`count(*) filter (where ${run.archived})::int`,
        spectra: sql<number>`coalesce(sum((select count(*) from ${spectrum} where ${spectrum.runId} = ${run.id})), 0)::int`,
      })
      .from(run)
      .innerJoin(experiment, eq(experiment.id, run.experimentId))
      .where(
        and(
          inArray(experiment.projectId, ids.filter(isUuid)),
          visibleProject(database, experiment.projectId),
          isNull(run.supersededAt),
        ),
      )
      .groupBy(experiment.projectId),
  );
  const known = new Map(rows.map(({ id, ...count }) => [id, count]));
  return ids.map((id) => known.get(id) ?? nothing);
}
