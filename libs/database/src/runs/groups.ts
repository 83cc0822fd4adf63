/** Runs grouped by what they have in common. */
import type { BatchNormMode, Schedule } from '@ritz/records';
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

export type RunGroupKey = 'ARCHITECTURE' | 'BATCH_NORM' | 'RESIDUAL' | 'SCHEDULE';

/** A mean over the runs that have the value. */
export interface GroupMean {
  /** `null` when no run has it. */
  readonly value: number | null;
  readonly runs: number;
}

/** `null` where the runs were not grouped by it. */
export interface RunGroup {
  readonly architecture: string | null;
  readonly batchNorm: BatchNormMode | null;
  readonly residual: boolean | null;
  readonly schedule: Schedule | null;
  readonly count: number;
  /** Of what was measured last in each run. */
  readonly trainLoss: GroupMean;
  readonly testAccuracy: GroupMean;
  /** The newest first, at most `mostIds`. */
  readonly runIds: readonly string[];
}

const mostIds = 100;
const mostGroups = 1000;

const columns: Readonly<Record<RunGroupKey, SQL>> = {
  ARCHITECTURE: sql`${run.architecture}`,
  BATCH_NORM: sql`${run.batchNorm}`,
  RESIDUAL: sql`${run.residual}`,
  SCHEDULE: sql`${run.schedule}`,
};

/** The mean over a group's runs of the last value that `column` of their steps has. */
function lastMean(column: typeof step.trainLoss | typeof step.testAccuracy): SQL<GroupMean> {
  const last = sql`(select ${column} from ${step} where ${step.runId} = ${run.id} and ${column} is not null
    order by ${step.number} desc limit 1)`;
  return sql<GroupMean>`json_build_object('value', avg(${last}), 'runs', count(${last}))`;
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
        count: sql<number>`count(*)::int`,
        trainLoss: lastMean(step.trainLoss),
        testAccuracy: lastMean(step.testAccuracy),
        runIds: sql<
          string[]
        >`(array_agg(${run.id} order by ${run.createdAt} desc, ${run.id} desc))[1:${sql.raw(String(mostIds))}]`,
      })
      .from(run)
      .innerJoin(experiment, eq(experiment.id, run.experimentId))
      .innerJoin(project, eq(project.id, experiment.projectId))
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
