/** The settings that compared runs can be grouped by. */
import { describeSchedule, groupBy, type Group } from '@ritz/charts';
import type { ComparedRun, NamedRun } from './NamedRun.ts';

export const groupings = ['architecture', 'batchNorm', 'residual', 'schedule'] as const;
export type Grouping = (typeof groupings)[number];

export const groupingNames: Readonly<Record<Grouping, string>> = {
  architecture: 'architecture',
  batchNorm: 'batch norm',
  residual: 'residual',
  schedule: 'schedule',
};

const batchNormNames = {
  NONE: 'no batch normalisation',
  MINIBATCH: 'batch norm, mini-batch statistics',
  POPULATION: 'batch norm, full-data statistics',
  RUNNING: 'batch norm, running averages',
} as const;

const values: Readonly<Record<Grouping, (run: ComparedRun) => string>> = {
  architecture: ({ architecture }) => architecture,
  batchNorm: ({ batchNorm }) => batchNormNames[batchNorm],
  residual: ({ residual }) => (residual ? 'with residual connections' : 'without residual connections'),
  schedule: ({ schedule }) => `learning rate ${describeSchedule(schedule)}`,
};

export function groupsOf<Member extends NamedRun>(runs: readonly Member[], by: Grouping): Group<Member>[] {
  return groupBy(runs, ({ run }) => values[by](run));
}

/** The first setting that differs between the runs, the most informative default. */
export function tellingGrouping(runs: readonly NamedRun[]): Grouping {
  return groupings.find((by) => groupsOf(runs, by).length > 1) ?? 'architecture';
}
