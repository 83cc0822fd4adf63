/** Groups of runs: their names and the filter that selects their members. */
import { describeSchedule } from '@ritz/charts';
import type { RunFilter, RunGroupsQuery } from '@ritz/client';

export const groupKeys = [
  ...(['ARCHITECTURE', 'BATCH_NORM', 'RESIDUAL', 'SCHEDULE'] as const),
  ...(['DATASET', 'OPTIMISER', 'STATUS', 'PROJECT', 'EXPERIMENT'] as const),
] as const;

export type GroupKey = (typeof groupKeys)[number];
export type RunGroup = RunGroupsQuery['runGroups'][number];
/** The settings shared by a group; null where it is not grouped by them. */
export type SharedSettings = Pick<
  RunGroup,
  'architecture' | 'batchNorm' | 'residual' | 'schedule' | 'dataset' | 'optimiser' | 'status' | 'project' | 'experiment'
>;

export const groupNames: Readonly<Record<GroupKey, string>> = {
  ARCHITECTURE: 'architecture',
  BATCH_NORM: 'batch norm',
  RESIDUAL: 'residual',
  SCHEDULE: 'schedule',
  DATASET: 'data set',
  OPTIMISER: 'optimiser',
  STATUS: 'status',
  PROJECT: 'project',
  EXPERIMENT: 'experiment',
};

const batchNormNames = {
  NONE: 'no batch norm',
  MINIBATCH: 'batch norm: mini-batch',
  POPULATION: 'batch norm: full data',
  RUNNING: 'batch norm: running averages',
} as const;

/** Such as "resnet-32 · no batch norm · with residual connections". */
export function groupLabel(shared: SharedSettings): string {
  const { architecture, batchNorm, residual, schedule, dataset, optimiser, status, project, experiment } = shared;
  const parts = [
    architecture,
    batchNorm && batchNormNames[batchNorm],
    residual === null ? null : `${residual ? 'with' : 'without'} residual connections`,
    schedule && `learning rate ${describeSchedule(schedule)}`,
    dataset,
    optimiser,
    status && status.toLowerCase(),
    project && `project ${project}`,
    experiment && `experiment ${experiment}`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** The filter for the runs of `group` that also match `filter`. */
export function groupFilter(shared: SharedSettings, filter: RunFilter): RunFilter {
  const { architecture, batchNorm, residual, schedule, dataset, optimiser, status, project, experiment } = shared;
  return {
    ...filter,
    ...(architecture === null ? {} : { architecture: [architecture] }),
    ...(batchNorm === null ? {} : { batchNorm: [batchNorm] }),
    ...(residual === null ? {} : { residual }),
    ...(schedule === null ? {} : { schedule }),
    ...(dataset === null ? {} : { dataset: [dataset] }),
    ...(optimiser === null ? {} : { optimiser: [optimiser] }),
    ...(status === null ? {} : { status: [status] }),
    ...(project === null ? {} : { project }),
    ...(experiment === null ? {} : { experiment }),
  };
}

/** A stable id of a group, independent of its members. */
export function groupId(shared: SharedSettings): string {
  const { architecture, batchNorm, residual, schedule, dataset, optimiser, status, project, experiment } = shared;
  return JSON.stringify([architecture, batchNorm, residual, schedule, dataset, optimiser, status, project, experiment]);
}
