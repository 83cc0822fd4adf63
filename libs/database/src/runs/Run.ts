/** What a run is to callers, and how runs are filtered and ordered. */
import type { BatchNormMode, Json, NewSchedule, RunStatus, ScheduleKind } from '@ritz/records';
import type { run } from '../schema/run.ts';
import type { RunMeasure, RunStatistic, RunValueCondition } from './RunValue.ts';

/** A row of the table with the names of its project and experiment. */
export interface Run extends Readonly<typeof run.$inferSelect> {
  readonly projectId: string;
  readonly projectName: string;
  readonly experimentName: string;
}

/**
 * Every given condition must hold. A list names the values allowed, so an empty one matches nothing; `tags` are all
 * required, so an empty list of them matches everything.
 */
export interface RunFilter {
  readonly ids?: readonly string[] | null | undefined;
  /** Name of the project. */
  readonly project?: string | null | undefined;
  /** Name of the experiment. */
  readonly experiment?: string | null | undefined;
  readonly status?: readonly RunStatus[] | null | undefined;
  readonly architecture?: readonly string[] | null | undefined;
  readonly dataset?: readonly string[] | null | undefined;
  readonly optimiser?: readonly string[] | null | undefined;
  readonly batchNorm?: readonly BatchNormMode[] | null | undefined;
  readonly scheduleKind?: readonly ScheduleKind[] | null | undefined;
  /** Exactly this schedule. */
  readonly schedule?: NewSchedule | null | undefined;
  readonly residual?: boolean | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  /** At this moment or later. */
  readonly createdFrom?: Date | null | undefined;
  /** Before this moment. */
  readonly createdBefore?: Date | null | undefined;
  /** Something of the run, its steps or its spectra was stored at this moment or later. */
  readonly updatedSince?: Date | null | undefined;
  /** All of these. */
  readonly config?: readonly ConfigCondition[] | null | undefined;
  /** All of these. */
  readonly statistics?: readonly (RunValueCondition & { readonly statistic: RunStatistic })[] | null | undefined;
  /** All of these. */
  readonly measures?: readonly (RunValueCondition & { readonly measure: RunMeasure })[] | null | undefined;
  /** Words that must all occur, in any case, in the name, architecture, data set, optimiser, settings, notes or tags. */
  readonly search?: string | null | undefined;
  readonly archived?: boolean | null | undefined;
  /** What rewinds superseded, or everything else. Default: everything else, unless runs are named by their ids. */
  readonly superseded?: boolean | null | undefined;
  /** Forks of this run, or what was superseded of it. */
  readonly parentId?: string | null | undefined;
}

/** A condition on one free-form setting. */
export interface ConfigCondition {
  /** Names and positions from the outside in, joined by dots: `optimiser.beta2`. */
  readonly path: string;
  /** The setting is this value, of this type; undefined = no such condition. */
  readonly is?: Json | undefined;
  /** The setting as text: a name as it is, a number or boolean as JSON writes it. */
  readonly equals?: string | null | undefined;
  /** The setting is a number of at least this. */
  readonly atLeast?: number | null | undefined;
  /** The setting is a number of at most this. */
  readonly atMost?: number | null | undefined;
  /** False: the run has no such setting. */
  readonly exists?: boolean | null | undefined;
}

export type RunOrderField =
  'CREATED_AT' | 'UPDATED_AT' | 'NAME' | 'ARCHITECTURE' | 'DATASET' | 'PARAMETER_COUNT' | 'FINISHED_AT';
export type SortDirection = 'ASC' | 'DESC';

/** By one of them; runs that do not have what they are sorted by come last, whatever the direction. */
export interface RunOrder {
  readonly field?: RunOrderField | null | undefined;
  readonly statistic?: RunStatistic | null | undefined;
  readonly measure?: RunMeasure | null | undefined;
  /** A free-form setting by its path, as in ConfigCondition: numbers before text. */
  readonly config?: string | null | undefined;
  readonly direction: SortDirection;
}

export interface RunListOptions {
  /** Length of the page, 1 to 1000. Default 50. */
  readonly first?: number | null | undefined;
  /** The cursor of the last run of the page before. */
  readonly after?: string | null | undefined;
  readonly filter?: RunFilter | null | undefined;
  /** Default: the newest first. */
  readonly orderBy?: RunOrder | null | undefined;
}
