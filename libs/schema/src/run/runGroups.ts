/** runGroups: runs grouped by what they have in common. */
import {
  runs,
  type GroupValues,
  type Run as RunRow,
  type RunGroup as RunGroupRow,
  type RunGroupKey as RunGroupKeyName,
  type RunValue,
} from '@ritz/database';
import type { Json } from '@ritz/records';
import type { Outliers } from '@ritz/spectra';
import { reading } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import { maxPageLength, pageLength } from '../types/connection.ts';
import { BatchNormMode, RunGroupKey, RunStatus } from '../types/enums.ts';
import { Run } from '../types/refs.ts';
import type { RequestContext } from '../request/context.ts';
import { finiteOrNull } from '../request/measuredSpectrum.ts';
import { deviationOf, meanOf, quantilesOf } from './groupStatistics.ts';
import { preparedFilter, RunFilter } from './runFilter.ts';
import { checkedMeasures, checkedStatistics, RunMeasureInput, RunStatisticInput } from './runValues.ts';
import { LearningRateSchedule } from './schedule.ts';
import { lastOutliers } from './trajectory.ts';
import { failsAlone, itemsFailAlone } from '../types/semanticNonNull.ts';
import { namedSettings } from '../compare/namedSettings.ts';
import { SettingValue } from '../types/settingValue.ts';

const defaultRuns = 20;
/** As many as `ids` of a filter takes. */
const mostIds = 1000;

/** Runs whose spectra a mean is taken over unless it is said how many: each has to be decomposed. */
const defaultMeasured = 20;
const aboutMeasured = 'Of how many of the newest runs, 1 to 100; 20 unless given.';

function measuredCost({ first }: { readonly first?: number | null | undefined }) {
  return { field: 2 * Math.min(Math.max(first ?? defaultMeasured, 1), maxPageLength), multiplier: 1 };
}

const GroupMean = builder.objectRef<GroupValues>('GroupMean').implement({
  description: 'A value over the runs of a group that have it: mean, spread and quantiles.',
  fields: (t) => ({
    value: t.float({
      nullable: true,
      description: 'The mean; null if no run has the value.',
      resolve: (values) => finiteOrNull(meanOf(values)),
    }),
    runs: t.int({ description: 'How many runs have the value.', resolve: (values) => values.length }),
    standardDeviation: t.float({
      nullable: true,
      description: 'Sample standard deviation (n - 1); null for fewer than two runs.',
      resolve: (values) => finiteOrNull(deviationOf(values)),
    }),
    quantiles: t.field({
      type: ['Float'],
      description:
        'Quantiles, linear between the ordered values (type 7 of Hyndman and Fan 1996); empty without a value.',
      args: {
        probabilities: t.arg.floatList({
          defaultValue: [0, 0.25, 0.5, 0.75, 1],
          description: 'Shares, each 0 to 1, at most 100.',
        }),
      },
      resolve: (values, { probabilities }) => quantilesOf(values, probabilities ?? []),
    }),
  }),
});

/** Over the newest runs of a group what `pick` finds in the last Hessian spectrum of each. */
async function measuredMean(
  { runIds }: RunGroupRow,
  first: number | null | undefined,
  context: RequestContext,
  pick: (found: Outliers) => number | null,
): Promise<GroupValues> {
  const ids = runIds.slice(0, pageLength(first ?? defaultMeasured));
  const found = await Promise.all(ids.map((id) => lastOutliers(context, id)));
  return found.flatMap((outliers) => finiteOrNull(outliers && pick(outliers)) ?? []).sort((a, b) => a - b);
}

/** Of all runs of a group, each value at its place among those asked for. */
function gathered(found: readonly (readonly (RunValue | null)[] | Error)[], columns: readonly object[]): GroupValues[] {
  return columns.map((_, at) =>
    found
      .flatMap((values) => {
        if (values instanceof Error) throw values;
        return values[at]?.value ?? [];
      })
      .sort((a, b) => a - b),
  );
}

function columnsCost({ of }: { readonly of: readonly object[] }) {
  return { field: 20 * Math.max(1, of.length), multiplier: 1 };
}

/** A setting that a group has where its runs were grouped by it. */
function ifGrouped(what: string) {
  return { nullable: true, description: `${what}; null if they were not grouped by it.` } as const;
}

interface GroupShape extends RunGroupRow {
  /** What its runs were grouped by. */
  readonly keys: readonly RunGroupKeyName[];
  readonly paths: readonly string[];
}

interface GroupSettingShape {
  readonly name: string;
  readonly value: Json | undefined;
}

const GroupSetting = builder.objectRef<GroupSettingShape>('GroupSetting').implement({
  description: 'A setting that the runs of a group have in common.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'Its field, such as "dataset", "schedule.initial" or, for free-form settings, "config.beta.two".',
    }),
    value: t.field({
      type: SettingValue,
      nullable: true,
      description: 'Its value; null where the runs do not have it.',
      resolve: ({ value }) => (value === undefined ? null : { value }),
    }),
  }),
});

/** The name of what a key groups by; null where it is many settings at once. */
const settingOf: Readonly<Record<RunGroupKeyName, string | null>> = {
  ARCHITECTURE: 'architecture',
  BATCH_NORM: 'batchNorm',
  RESIDUAL: 'residual',
  SCHEDULE: 'schedule',
  DATASET: 'dataset',
  OPTIMISER: 'optimiser',
  PROJECT: 'project',
  EXPERIMENT: 'experiment',
  STATUS: 'status',
  TAG: 'tag',
  SEED: 'seed',
  ENGINE: 'engine',
  PARAMETER_COUNT: 'parameterCount',
  GIT_REVISION: 'gitRevision',
  ALL_BUT_SEED: null,
};

function commonSettings({ keys, paths, values }: GroupShape): GroupSettingShape[] {
  const names = [...keys.map((key) => settingOf[key]), ...paths.map((path) => `config.${path}`)];
  return names.flatMap((name, at): GroupSettingShape[] => {
    const value = values[at] ?? null;
    const found = [...namedSettings(name === null ? Object(value) : { [name]: value })];
    if (found.length === 0 && name !== null) return [{ name, value: undefined }];
    return found.map(([inner, one]) => ({ name: inner, value: one }));
  });
}

const RunGroup = builder.objectRef<GroupShape>('RunGroup').implement({
  description: 'Runs that agree in everything they were grouped by.',
  fields: (t) => ({
    architecture: t.exposeString('architecture', ifGrouped('The network of all of them')),
    batchNorm: t.expose('batchNorm', {
      type: BatchNormMode,
      ...ifGrouped('Statistics that batch normalisation trains with'),
    }),
    residual: t.exposeBoolean('residual', ifGrouped('Whether they have residual connections')),
    schedule: t.expose('schedule', { type: LearningRateSchedule, ...ifGrouped('Their learning-rate schedule') }),
    dataset: t.exposeString('dataset', ifGrouped('Their training data')),
    optimiser: t.exposeString('optimiser', ifGrouped('Their optimiser with its settings')),
    project: t.exposeString('project', ifGrouped('Name of their project')),
    experiment: t.exposeString('experiment', ifGrouped('Name of their experiment')),
    status: t.expose('status', { type: RunStatus, ...ifGrouped('Their status') }),
    tag: t.exposeString('tag', {
      nullable: true,
      description:
        'A label that they have, so that a run with several is in several groups; null for runs without one, or if they were ' +
        'not grouped by it.',
    }),
    settings: t.field({
      type: [GroupSetting],
      description:
        'What its runs were grouped by, in that order; with ALL_BUT_SEED every setting that they have in common.',
      complexity: { field: 1, multiplier: 1 },
      resolve: commonSettings,
    }),
    count: t.exposeInt('count', { description: 'How many runs there are in the group.' }),
    trainLoss: t.expose('trainLoss', {
      type: GroupMean,
      description: 'Mean training loss of its runs, each at the last step where it was measured.',
    }),
    testAccuracy: t.expose('testAccuracy', {
      type: GroupMean,
      description: 'Mean test accuracy of its runs, 0 to 1, each at the last step where it was measured.',
    }),
    lambdaMax: t.field({
      type: GroupMean,
      ...failsAlone,
      description: 'Mean largest Ritz value of its newest runs, each at the last measured step of the whole Hessian.',
      args: { first: t.arg.int({ description: aboutMeasured }) },
      complexity: measuredCost,
      resolve: (group, { first }, context) => measuredMean(group, first, context, ({ lambdaMax }) => lambdaMax),
    }),
    ratio: t.field({
      type: GroupMean,
      ...failsAlone,
      description: 'Mean lambdaMax / lambdaK of its newest runs, each at the last measured step of the whole Hessian.',
      args: { first: t.arg.int({ description: aboutMeasured }) },
      complexity: measuredCost,
      resolve: (group, { first }, context) => measuredMean(group, first, context, ({ ratio }) => ratio),
    }),
    statistics: t.field({
      type: [GroupMean],
      ...failsAlone,
      description: 'Statistics of the spectra of all of its runs, in the requested order.',
      args: { of: t.arg({ type: [RunStatisticInput], required: true, description: 'Which, at most 50.' }) },
      complexity: columnsCost,
      resolve: ({ runIds }, { of }, { loaders }) =>
        reading(async () => {
          const statistics = checkedStatistics(of);
          return gathered(await loaders.statisticsOfRun.loadMany(runIds.map((id) => ({ id, statistics }))), of);
        }),
    }),
    measures: t.field({
      type: [GroupMean],
      ...failsAlone,
      description: 'Values logged at the steps of all of its runs, in the requested order.',
      args: { of: t.arg({ type: [RunMeasureInput], required: true, description: 'Which, at most 50.' }) },
      complexity: columnsCost,
      resolve: ({ runIds }, { of }, { loaders }) =>
        reading(async () => {
          const measures = checkedMeasures(of);
          return gathered(await loaders.measuresOfRun.loadMany(runIds.map((id) => ({ id, measures }))), of);
        }),
    }),
    runIds: t.idList({
      description: 'Ids of its runs, the newest first, at most 1000: for `ids` of a filter.',
      resolve: ({ runIds }) => runIds.slice(0, mostIds),
    }),
    runs: t.field({
      type: [Run],
      ...itemsFailAlone,
      description: 'The newest of them. For all of them, use `runs` with a filter.',
      args: { first: t.arg.int({ description: 'How many, 1 to 100; 20 unless given.' }) },
      complexity: ({ first }) => ({
        field: 1,
        multiplier: Math.min(Math.max(first ?? defaultRuns, 1), maxPageLength),
      }),
      resolve: async ({ runIds }, { first }, { loaders }) => {
        const ids = runIds.slice(0, pageLength(first ?? defaultRuns));
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
      by: t.arg({ type: [RunGroupKey], description: 'What to group by; at least one of `by` and `config` is needed.' }),
      config: t.arg.stringList({
        description:
          'Free-form settings to group by, at most 10, by their paths as in ConfigFilter: "optimiser.beta2".',
      }),
      filter: t.arg({ type: RunFilter, description: 'Which runs; all unless given.' }),
    },
    resolve: (_root, { by, config, filter }, context) =>
      reading(async () => {
        const [keys, paths] = [[...new Set(by ?? [])], config ?? []];
        const found = await runs.groups(context.database, keys, await preparedFilter(context, filter), paths);
        return found.map((group) => ({ ...group, keys, paths }));
      }),
  }),
);
