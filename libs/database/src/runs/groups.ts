/** Runs grouped by what they have in common. */
import type { BatchNormMode, RunStatus, Schedule } from '@ritz/records';
import { and, eq, sql, type SQL } from 'drizzle-orm';
import { visibleProject } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';
import { run } from '../schema/run.ts';
import { step } from '../schema/step.ts';
import type { RunFilter } from './Run.ts';
import { runMatches } from './runMatches.ts';

export type RunGroupKey =
  | 'ARCHITECTURE'
  | 'BATCH_NORM'
  | 'RESIDUAL'
  | 'SCHEDULE'
  | 'DATASET'
  | 'OPTIMISER'
  | 'PROJECT'
  | 'EXPERIMENT'
  | 'STATUS'
  | 'TAG';

/** The values of the runs that have one, ascending. */
export type GroupValues = readonly number[];

/** `null` where the runs were not grouped by it. */
export interface RunGroup {
  readonly architecture: string | null;
  readonly batchNorm: BatchNormMode | null;
  readonly residual: boolean | null;
  readonly schedule: Schedule | null;
  readonly dataset: string | null;
  readonly optimiser: string | null;
  readonly project: string | null;
  readonly experiment: string | null;
  readonly status: RunStatus | null;
  /** A run with several tags is in the group of each; `null` too for the runs without a tag. */
  readonly tag: string | null;
  readonly count: number;
  /** Of what was measured last in each run. */
  readonly trainLoss: GroupValues;
  readonly testAccuracy: GroupValues;
  /** All of them, the newest first. */
  readonly runIds: readonly string[];
}

const mostGroups = 1000;

const columns: Readonly<Record<RunGroupKey, SQL>> = {
  ARCHITECTURE: sql`${run.architecture}`,
  BATCH_NORM: sql`${run.batchNorm}`,
  RESIDUAL: sql`${run.residual}`,
  SCHEDULE: sql`${run.schedule}`,
  DATASET: sql`${run.dataset}`,
  OPTIMISER: sql`${run.optimiser}`,
  PROJECT: sql`${project.name}`,
  EXPERIMENT: sql`${experiment.name}`,
  STATUS: sql`${run.status}`,
  TAG: sql`labelled.tag`,
};

/** Over a group's runs the last value that `column` of their steps has, ascending. */
function lastValues(column: typeof step.trainLoss | typeof step.testAccuracy): SQL<GroupValues> {
  const last = sql`(select ${column} from ${step} where ${step.runId} = ${run.id} and ${column} is not null
    order by ${step.number} desc limit 1)`;
  return sql<GroupValues>`coalesce(array_agg(${last} order by ${last}) filter (where ${last} is not null), '{}')`;
}

/**
 * The groups of the runs that match, the largest first.
 * @param by at least one key, each once.
 * @throws DatabaseError INVALID for no key, or for more than 1000 groups.
 */
export async function groups(
  database: Database,
  by: readonly RunGroupKey[],
  filter: RunFilter = {},
): Promise<RunGroup[]> {
  const keys = [...new Set(by)];
  if (keys.length === 0) {
    throw new DatabaseError('INVALID', 'by: expected at least one key to group by, got none.', { field: ['by'] });
  }
  const shown = <Value>(key: RunGroupKey): SQL<Value | null> => (keys.includes(key) ? sql`${columns[key]}` : sql`null`);
  const rows = await query(database, (orm) =>
    orm
      .select({
        architecture: shown<string>('ARCHITECTURE'),
        batchNorm: shown<BatchNormMode>('BATCH_NORM'),
        residual: shown<boolean>('RESIDUAL'),
        schedule: shown<Schedule>('SCHEDULE'),
        dataset: shown<string>('DATASET'),
        optimiser: shown<string>('OPTIMISER'),
        project: shown<string>('PROJECT'),
        experiment: shown<string>('EXPERIMENT'),
        status: shown<RunStatus>('STATUS'),
        tag: shown<string>('TAG'),
        count: sql<number>`count(*)::int`,
        trainLoss: lastValues(step.trainLoss),
        testAccuracy: lastValues(step.testAccuracy),
        runIds: sql<string[]>`array_agg(${run.id}::text order by ${run.createdAt} desc, ${run.id} desc)`,
      })
      .from(run)
      .innerJoin(experiment, eq(experiment.id, run.experimentId))
      .innerJoin(project, eq(project.id, experiment.projectId))
      .leftJoin(
        // Each run once unless it is grouped by its tags.
        sql`lateral unnest(${keys.includes('TAG') ? run.tags : sql`array[null::text]`}) as labelled (tag)`,
        sql`true`,
      )
      .where(and(visibleProject(database, project.id), runMatches(filter)))
      .groupBy(...keys.map((key) => columns[key]))
      .orderBy(sql`count(*) desc`, ...keys.map((key) => sql`${columns[key]} asc`))
      .limit(mostGroups + 1),
  );
  if (rows.length > mostGroups) {
    throw new DatabaseError('INVALID', `There are more than ${mostGroups} groups; narrow them by a filter.`, {
      field: ['filter'],
    });
  }
  return rows;
}
