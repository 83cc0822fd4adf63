/** runGroups: runs grouped by what they have in common. */
import { runs, type Run as RunRow, type RunGroup as RunGroupRow } from '@ritz/database';
import { badInput, reading } from '../input/bad-input.ts';
import { builder } from '../builder.ts';
import { MAX_PAGE_LENGTH, pageLength } from '../types/connection.ts';
import { BatchNormMode, RunGroupKey } from '../types/enums.ts';
import { Run } from '../types/refs.ts';
import { checkedFilter, RunFilter } from './run-filter.ts';
import { LearningRateSchedule } from './schedule.ts';

const DEFAULT_RUNS = 20;

const RunGroup = builder.objectRef<RunGroupRow>('RunGroup').implement({
  description: 'Runs that agree in everything they were grouped by.',
  fields: (t) => ({
    architecture: t.exposeString('architecture', {
      nullable: true,
      description: 'The network of all of them; null if they were not grouped by it.',
    }),
    batchNorm: t.expose('batchNorm', {
      type: BatchNormMode,
      nullable: true,
      description: 'Statistics that batch normalisation trains with; null if they were not grouped by it.',
    }),
    residual: t.exposeBoolean('residual', {
      nullable: true,
      description: 'Whether they have residual connections; null if they were not grouped by it.',
    }),
    schedule: t.expose('schedule', {
      type: LearningRateSchedule,
      nullable: true,
      description: 'Their learning-rate schedule; null if they were not grouped by it.',
    }),
    count: t.exposeInt('count', { description: 'How many runs there are in the group.' }),
    runs: t.field({
      type: [Run],
      description: 'The newest of them. For all, take `runs` with a filter.',
      args: { first: t.arg.int({ description: 'How many, 1 to 100; 20 unless given.' }) },
      complexity: ({ first }) => ({
        field: 1,
        multiplier: Math.min(Math.max(first ?? DEFAULT_RUNS, 1), MAX_PAGE_LENGTH),
      }),
      resolve: async ({ runIds }, { first }, { loaders }) => {
        const ids = runIds.slice(0, pageLength(first ?? DEFAULT_RUNS));
        const found = await Promise.all(ids.map((id) => loaders.run.load(id)));
        return found.filter((run): run is RunRow => run !== null);
      },
    }),
  }),
});

builder.queryField('runGroups', (t) =>
  t.field({
    type: [RunGroup],
    description: 'Runs grouped by what they have in common, the largest group first.',
    args: {
      by: t.arg({ type: [RunGroupKey], required: true, description: 'What to group by, at least one.' }),
      filter: t.arg({ type: RunFilter, description: 'Which runs; all unless given.' }),
    },
    resolve: (_root, { by, filter }, { database }) => {
      if (by.length === 0)
        throw badInput('by: got nothing, expected at least one of ARCHITECTURE, BATCH_NORM, RESIDUAL, SCHEDULE.');
      return reading(() => runs.groups(database, by, checkedFilter(filter)));
    },
  }),
);
