/** Groups of runs: what runs can be grouped by, and the names of groups. */
import { describeSchedule } from '@ritz/charts';
import type { RunGroupsQuery } from '@ritz/client';

export const groupKeys = [
  ...(['ARCHITECTURE', 'BATCH_NORM', 'RESIDUAL', 'SCHEDULE'] as const),
  ...(['DATASET', 'OPTIMISER', 'TAG', 'STATUS', 'PROJECT', 'EXPERIMENT'] as const),
] as const;

export type GroupKey = (typeof groupKeys)[number];
export type RunGroup = RunGroupsQuery['runGroups'][number];
/** The settings shared by a group; null where it is not grouped by them. */
export type SharedSettings = Pick<
  RunGroup,
  | 'architecture'
  | 'batchNorm'
  | 'residual'
  | 'schedule'
  | 'dataset'
  | 'optimiser'
  | 'status'
  | 'project'
  | 'experiment'
  | 'tag'
>;

export const groupNames: Readonly<Record<GroupKey, string>> = {
  ARCHITECTURE: 'architecture',
  BATCH_NORM: 'batch norm',
  RESIDUAL: 'residual',
  SCHEDULE: 'schedule',
  DATASET: 'data set',
  OPTIMISER: 'optimiser',
  TAG: 'tag',
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

/** What the runs of a group have of a key. */
const sharedNames: Readonly<Record<GroupKey, (shared: SharedSettings) => string | null>> = {
  ARCHITECTURE: ({ architecture }) => architecture,
  BATCH_NORM: ({ batchNorm }) => batchNorm && batchNormNames[batchNorm],
  RESIDUAL: ({ residual }) => (residual === null ? null : `${residual ? 'with' : 'without'} residual connections`),
  SCHEDULE: ({ schedule }) => schedule && `learning rate ${describeSchedule(schedule)}`,
  DATASET: ({ dataset }) => dataset,
  OPTIMISER: ({ optimiser }) => optimiser,
  TAG: ({ tag }) => (tag === null ? 'no tag' : `tag ${tag}`),
  STATUS: ({ status }) => status && status.toLowerCase(),
  PROJECT: ({ project }) => project && `project ${project}`,
  EXPERIMENT: ({ experiment }) => experiment && `experiment ${experiment}`,
};

/** Such as "resnet-32 · no batch norm · with residual connections". */
export function groupLabel(shared: SharedSettings, by: readonly GroupKey[]): string {
  return by.flatMap((key) => sharedNames[key](shared) ?? []).join(' · ');
}
