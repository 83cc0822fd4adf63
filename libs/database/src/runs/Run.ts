/** What a run is to callers: its settings and state, how one is created, filtered and ordered. */
import type { BatchNormMode, Config, RunStatus, Schedule, ScheduleKind } from '../schema/run.ts';

export interface Run {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly projectName: string;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly status: RunStatus;
  readonly architecture: string;
  readonly dataset: string;
  readonly batchNorm: BatchNormMode;
  readonly residual: boolean;
  readonly optimiser: string;
  readonly schedule: Schedule;
  readonly seed: number;
  readonly classes: number | null;
  readonly parameterCount: number | null;
  readonly plannedSteps: number | null;
  readonly gitRevision: string | null;
  readonly engine: string | null;
  readonly config: Config;
  /** Sorted, each once. */
  readonly tags: readonly string[];
  readonly notes: string | null;
  readonly archived: boolean;
  /** When name, tags or notes were last changed; `null` while they are as the run was created. */
  readonly editedAt: Date | null;
  readonly createdAt: Date;
  /** When it left RUNNING; `null` while it has not. */
  readonly finishedAt: Date | null;
}

export interface NewSchedule {
  readonly kind: ScheduleKind;
  readonly initial: number;
  readonly factor?: number | null | undefined;
  readonly steps?: readonly number[] | null | undefined;
  readonly totalSteps?: number | null | undefined;
  readonly warmupSteps?: number | null | undefined;
}

export interface NewRun {
  /** A UUID made by the client: sending the same run again changes nothing. */
  readonly id: string;
  readonly name: string;
  /** By name, created when new. Default `default`. */
  readonly project?: string | null | undefined;
  /** By name inside the project, created when new. Default `default`. */
  readonly experiment?: string | null | undefined;
  readonly architecture: string;
  readonly dataset: string;
  /** Default NONE. */
  readonly batchNorm?: BatchNormMode | null | undefined;
  /** Default false. */
  readonly residual?: boolean | null | undefined;
  readonly optimiser: string;
  readonly schedule: NewSchedule;
  readonly seed: number;
  readonly classes?: number | null | undefined;
  readonly parameterCount?: number | null | undefined;
  readonly plannedSteps?: number | null | undefined;
  readonly gitRevision?: string | null | undefined;
  readonly engine?: string | null | undefined;
  readonly config?: Config | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly notes?: string | null | undefined;
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
  /** Words that must all occur, in any case, in the name, architecture, data set, notes or tags. */
  readonly search?: string | null | undefined;
  readonly archived?: boolean | null | undefined;
}

export type RunOrderField = 'CREATED_AT' | 'NAME' | 'ARCHITECTURE' | 'DATASET' | 'PARAMETER_COUNT' | 'FINISHED_AT';
export type SortDirection = 'ASC' | 'DESC';

export interface RunOrder {
  readonly field: RunOrderField;
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

/** What may be changed of a run that exists; a field left out stays as it is. */
export interface RunEdit {
  readonly name?: string | undefined;
  /** `null` removes them. */
  readonly notes?: string | null | undefined;
  /** All of them: replaces what is there. */
  readonly tags?: readonly string[] | undefined;
  readonly archived?: boolean | undefined;
}
