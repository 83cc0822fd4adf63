/** Runs grouped by what they have in common: what a group is called, and which runs are in it. */
import { describeSchedule } from '@ritz/charts';
import type { RunFilter, RunGroupsQuery } from '@ritz/client';

export const GROUP_KEYS = ['ARCHITECTURE', 'BATCH_NORM', 'RESIDUAL', 'SCHEDULE'] as const;

export type GroupKey = (typeof GROUP_KEYS)[number];
export type RunGroup = RunGroupsQuery['runGroups'][number];

export const GROUP_NAMES: Readonly<Record<GroupKey, string>> = {
  ARCHITECTURE: 'architecture',
  BATCH_NORM: 'batch norm',
  RESIDUAL: 'residual',
  SCHEDULE: 'schedule',
};

const BATCH_NORM = {
  NONE: 'no batch norm',
  MINIBATCH: 'batch norm: mini-batch',
  POPULATION: 'batch norm: all data',
  RUNNING: 'batch norm: running averages',
} as const;

/** Such as "resnet-32 · no batch norm · with residual connections". */
export function groupLabel({ architecture, batchNorm, residual, schedule }: RunGroup): string {
  const parts = [
    architecture,
    batchNorm && BATCH_NORM[batchNorm],
    residual === null ? null : `${residual ? 'with' : 'without'} residual connections`,
    schedule && `learning rate ${describeSchedule(schedule)}`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** The runs of `group` among those that `filter` lets through. */
export function groupFilter({ architecture, batchNorm, residual, schedule }: RunGroup, filter: RunFilter): RunFilter {
  return {
    ...filter,
    ...(architecture === null ? {} : { architecture: [architecture] }),
    ...(batchNorm === null ? {} : { batchNorm: [batchNorm] }),
    ...(residual === null ? {} : { residual }),
    ...(schedule === null ? {} : { schedule }),
  };
}

/** Tells one group from the others, and stays the same when runs come and go. */
export function groupId({ architecture, batchNorm, residual, schedule }: RunGroup): string {
  return JSON.stringify([architecture, batchNorm, residual, schedule]);
}
