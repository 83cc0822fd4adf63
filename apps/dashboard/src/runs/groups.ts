/** Groups of runs: their names and the filter that selects their members. */
import { describeSchedule } from '@ritz/charts';
import type { RunFilter, RunGroupsQuery } from '@ritz/client';

export const groupKeys = ['ARCHITECTURE', 'BATCH_NORM', 'RESIDUAL', 'SCHEDULE'] as const;

export type GroupKey = (typeof groupKeys)[number];
export type RunGroup = RunGroupsQuery['runGroups'][number];
/** The settings shared by a group; null where it is not grouped by them. */
export type SharedSettings = Pick<RunGroup, 'architecture' | 'batchNorm' | 'residual' | 'schedule'>;

export const groupNames: Readonly<Record<GroupKey, string>> = {
  ARCHITECTURE: 'architecture',
  BATCH_NORM: 'batch norm',
  RESIDUAL: 'residual',
  SCHEDULE: 'schedule',
};

const batchNormNames = {
  NONE: 'no batch norm',
  MINIBATCH: 'batch norm: mini-batch',
  POPULATION: 'batch norm: full data',
  RUNNING: 'batch norm: running averages',
} as const;

/** Such as "resnet-32 · no batch norm · with residual connections". */
export function groupLabel({ architecture, batchNorm, residual, schedule }: SharedSettings): string {
  const parts = [
    architecture,
    batchNorm && batchNormNames[batchNorm],
    residual === null ? null : `${residual ? 'with' : 'without'} residual connections`,
    schedule && `learning rate ${describeSchedule(schedule)}`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** The filter for the runs of `group` that also match `filter`. */
export function groupFilter(
  { architecture, batchNorm, residual, schedule }: SharedSettings,
  filter: RunFilter,
): RunFilter {
  return {
    ...filter,
    ...(architecture === null ? {} : { architecture: [architecture] }),
    ...(batchNorm === null ? {} : { batchNorm: [batchNorm] }),
    ...(residual === null ? {} : { residual }),
    ...(schedule === null ? {} : { schedule }),
  };
}

/** A stable id of a group, independent of its members. */
export function groupId({ architecture, batchNorm, residual, schedule }: SharedSettings): string {
  return JSON.stringify([architecture, batchNorm, residual, schedule]);
}
