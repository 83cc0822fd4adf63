/** The database of runs, steps and measured spectra: PostgreSQL, embedded or by URL, and functions to read and write it. */
export { DatabaseError, type DatabaseErrorCode } from './error/DatabaseError.ts';
export type { Database, OpenOptions } from './connection/Database.ts';
export { openDatabase } from './connection/openDatabase.ts';
export { grantServing } from './connection/grantServing.ts';
export { migrate, requireMigrated } from './connection/migrate.ts';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/startEmbeddedPostgres.ts';
export { resolveDatabase, type ResolvedDatabase } from './embedded/resolveDatabase.ts';

export * as projects from './projects/index.ts';
export * as experiments from './experiments/find.ts';
export * as runs from './runs/index.ts';
export * as steps from './steps/index.ts';
export * as spectra from './spectra/index.ts';
export * as summaries from './summaries/index.ts';
export * as probes from './probes/find.ts';
export * as overlaps from './overlaps/find.ts';
export * as energies from './energies/find.ts';
export * as spaces from './spaces/find.ts';
export * as jobs from './jobs/index.ts';
export * as reports from './reports/reports.ts';
export * as tokens from './tokens/tokens.ts';
export * as views from './views/views.ts';
export * as storage from './storage/measure.ts';
export { fullAccess, openAccess, type Access } from './access/Access.ts';
export { withAccess } from './access/rule.ts';
export type { RunChanges } from './connection/RunChanges.ts';
export { ingest, readLines, storeLines, type CheckedLine, type LineResult } from './ingest/ingest.ts';
export { exportLines, type ExportedLine } from './transfer/exportLines.ts';
export { backup, restore } from './transfer/backup.ts';

export type { Page } from './input/Page.ts';
export type { Project } from './projects/find.ts';
export type { ProjectCounts } from './projects/counts.ts';
export type { CreatedProject } from './projects/create.ts';
export type { Experiment } from './experiments/find.ts';
export type {
  ConfigCondition,
  Run,
  RunFilter,
  RunListOptions,
  RunOrder,
  RunOrderField,
  SortDirection,
} from './runs/Run.ts';
export type { NearMoment, RunMeasure, RunPosition, RunStatistic, RunValue, SpectrumSeries } from './runs/RunValue.ts';
export type { NewRewind, Rewound } from './runs/rewind.ts';
export type { CreatedRun } from './runs/create.ts';
export type { GroupValues, RunGroup, RunGroupKey } from './runs/groups.ts';
export type { FinishedRun } from './runs/change.ts';
export type { CreatedToken, NewToken, Token } from './tokens/tokens.ts';
export type { NewReport, Report, ReportChange } from './reports/reports.ts';
export type { SavedView } from './views/views.ts';
export type { GradientEnergy } from './energies/find.ts';
export type { TopSpace } from './spaces/find.ts';
export type { History, LogSteps, Step, StepKey, StepListOptions } from './steps/Step.ts';
export type { Spectrum } from './spectra/selectSpectra.ts';
export type { RecordedSpectrum } from './spectra/record.ts';
export type { OverlapTrajectory, Trajectory } from './spectra/trajectories.ts';
export type { SpectrumFilter, SpectrumListOptions } from './spectra/list.ts';
export type { NewSummary } from './summaries/write.ts';
export type { UnsummarisedSpectrum } from './summaries/find.ts';
export type { SpectrumDeletion } from './spectra/remove.ts';
export type { EngineUse } from './spectra/engines.ts';
export type { Storage, TableStorage } from './storage/measure.ts';
export type { Probe } from './probes/find.ts';
export type { Overlap } from './overlaps/find.ts';
export type { FinishedGroup, LeasedPart, QueueDepth, SpectrumJob, SpectrumPart, Worker } from './jobs/Job.ts';
export type { PartResult } from './jobs/PartResult.ts';
export type { JobListOptions } from './jobs/find.ts';
export type { PartProgress } from './jobs/lease.ts';
export type { RequestedSpectrum } from './jobs/request.ts';
