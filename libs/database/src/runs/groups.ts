/** Runs grouped by what they have in common. */
import { runSettings, type BatchNormMode, type Json, type RunStatus, type Schedule } from '@ritz/records';
import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import { visibleProject } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';
import { run } from '../schema/run.ts';
import { step } from '../schema/step.ts';
import { pathNames } from './configMatches.ts';
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
  | 'TAG'
  | 'SEED'
  | 'ENGINE'
  | 'PARAMETER_COUNT'
  | 'GIT_REVISION'
  | 'ALL_BUT_SEED';

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
  /** Of each key and each path, in the order given: what its runs have there; null where they have nothing. */
  readonly values: readonly Json[];
  readonly count: number;
  /** Of what was measured last in each run. */
  readonly trainLoss: GroupValues;
  readonly testAccuracy: GroupValues;
  /** All of them, the newest first. */
  readonly runIds: readonly string[];
}

const mostGroups = 1000;
const mostPaths = 10;

/** Everything that makes the training of a run, but its seeds: runs that agree in it are repetitions. */
const repeated: SQL = sql`jsonb_strip_nulls(jsonb_build_object(${sql.join(
  runSettings
    .filter((field) => field !== 'seed' && field !== 'config')
    .map((field) => sql`${sql.raw(`'${field}'`)}, ${getTableColumns(run)[field as keyof typeof run.$inferSelect]}`),
  sql`, `,
)}, 'config', ${run.config} - 'seed'))`;

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
  SEED: sql`${run.seed}`,
  ENGINE: sql`${run.engine}`,
  PARAMETER_COUNT: sql`${run.parameterCount}`,
  GIT_REVISION: sql`${run.gitRevision}`,
  ALL_BUT_SEED: repeated,
};

/** Over a group's runs the last value that `column` of their steps has, ascending. */
function lastValues(column: typeof step.trainLoss | typeof step.testAccuracy): SQL<GroupValues> {
  const last = sql`(select ${column} from ${step} where ${step.runId} = ${run.id} and ${column} is not null
    order by ${step.number} desc limit 1)`;
  return sql<GroupValues>`coalesce(array_agg(${last} order by ${last}) filter (where ${last} is not null), '{}')`;
}

/**
 * The groups of the runs that match, the largest first.
 * @param by keys, each once.
 * @param paths of free-form settings, as in ConfigCondition.
 * @throws DatabaseError INVALID for neither a key nor a path, more than 10 paths, or more than 1000 groups.
 */
export async function groups(
  database: Database,
  by: readonly RunGroupKey[],
  filter: RunFilter = {},
  paths: readonly string[] = [],
): Promise<RunGroup[]> {
  const keys = [...new Set(by)];
  if (keys.length + paths.length === 0) {
    throw new DatabaseError('INVALID', 'by: expected at least one key or setting to group by, got none.', {
      field: ['by'],
    });
  }
  if (paths.length > mostPaths) {
    throw new DatabaseError(
      'INVALID',
      `config: expected at most ${mostPaths} settings to group by, got ${paths.length}.`,
      {
        field: ['config'],
      },
    );
  }
  // By their names in a joined row, since an expression with parameters is not the same twice.
  const grouped = [
    ...keys.map((key) => columns[key]),
    ...paths.map((path, at) => sql`nullif(${run.config} #> ${pathNames(path, ['config', String(at)])}, 'null')`),
  ];
  const named = grouped.map((_, at) => sql`common.${sql.identifier(`value_${at}`)}`);
  const shown = <Value>(key: RunGroupKey): SQL<Value | null> => {
    const at = keys.indexOf(key);
    return at < 0 ? sql`null` : sql`${named[at]}`;
  };
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
        values: sql<readonly Json[]>`jsonb_build_array(${sql.join(named, sql`, `)})`,
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
      .innerJoin(
        sql`lateral (select ${sql.join(
          grouped.map((value, at) => sql`${value} as ${sql.identifier(`value_${at}`)}`),
          sql`, `,
        )}) as common`,
        sql`true`,
      )
      .where(and(visibleProject(database, project.id), runMatches(filter)))
      .groupBy(...named)
      .orderBy(sql`count(*) desc`, ...named.map((value) => sql`${value} asc`))
      .limit(mostGroups + 1),
  );
  if (rows.length > mostGroups) {
    throw new DatabaseError('INVALID', `There are more than ${mostGroups} groups; narrow them by a filter.`, {
      field: ['filter'],
    });
  }
  return rows;
}
