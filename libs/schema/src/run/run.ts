/** One training of one network: its settings, its steps and its spectra. */
import { steps } from '@ritz/database';
import { reading } from '../input/badInput.ts';
import { assumedListLength, builder } from '../builder.ts';
import { connectionOf, pageCost, pageLength } from '../types/connection.ts';
import {
  BatchNormMode,
  CurvatureOperator,
  Measurements,
  Normalisation,
  Preconditioner,
  RunStatus,
} from '../types/enums.ts';
import { History, historyOf } from './history.ts';
import { Node } from '../types/node.ts';
import { Experiment, Project, Run, Spectrum, Step } from '../types/refs.ts';
import { SpectrumDeletion } from '../spectrum/deleteSpectrum.ts';
import { isOfSeries, MeasuredOperator, seriesAmong, seriesArguments, seriesOf } from '../spectrum/series.ts';
import { LearningRateSchedule } from './schedule.ts';
import { Setting, settingsOf } from './setting.ts';
import { StepConnection } from './step.ts';
import { SpectrumTrajectory, trajectoryCost } from './trajectory.ts';
import { requireUuid } from '../input/uuid.ts';
import type { Loaders } from '../request/loaders.ts';
import type { MeasurementsChoice } from '../types/enums.ts';
import { Engine, engineDeprecation } from '../types/engine.ts';
import { failsAlone, itemsFailAlone } from '../types/semanticNonNull.ts';

/** Exhausts the choice. */
function spectraBy(measurements: MeasurementsChoice, loaders: Loaders): Loaders['spectraOfRun'] {
  switch (measurements) {
    case 'NEWEST':
      return loaders.shownSpectraOfRun;
    case 'ALL':
      return loaders.spectraOfRun;
  }
}

Run.implement({
  description: 'One training of one network: its settings, its steps and the spectra measured along it.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What people call it; need not be unique.' }),
    project: t.field({
      type: Project,
      description: 'The project it belongs to.',
      resolve: ({ projectId }, _arguments, { loaders }) => loaders.project.load(projectId),
    }),
    experiment: t.field({
      type: Experiment,
      description: 'The experiment it belongs to.',
      resolve: ({ experimentId }, _arguments, { loaders }) => loaders.experiment.load(experimentId),
    }),
    status: t.expose('status', { type: RunStatus, description: 'Status of the run.' }),
    architecture: t.exposeString('architecture', {
      description: 'The network, such as "mlp-784-20-10" or "resnet-32".',
    }),
    dataset: t.exposeString('dataset', { description: 'The training data, such as "mnist".' }),
    batchNorm: t.expose('batchNorm', {
      type: BatchNormMode,
      description: 'Statistics that batch normalisation trains with.',
    }),
    normalisation: t.field({
      type: Normalisation,
      nullable: true,
      description: 'What its layers normalise by; null if unknown.',
      resolve: ({ normalisation, batchNorm }) => normalisation ?? (batchNorm === 'none' ? null : 'batch'),
    }),
    residual: t.exposeBoolean('residual', { description: 'Whether the network has residual connections.' }),
    optimiser: t.exposeString('optimiser', {
      description: 'The optimiser with its settings, such as "sgd(momentum=0.9)".',
    }),
    schedule: t.expose('schedule', {
      type: LearningRateSchedule,
      ...failsAlone,
      description: 'Learning rate over the steps, as data.',
    }),
    seed: t.expose('seed', {
      type: 'SafeInt',
      description: 'Seed of the initial parameters and of the order of the data.',
    }),
    classes: t.exposeInt('classes', {
      nullable: true,
      description: 'Classes of a classification task; K in lambdaMax / lambdaK. null if it is none, or unknown.',
    }),
    parameterCount: t.expose('parameterCount', {
      type: 'SafeInt',
      nullable: true,
      description: 'Trainable parameters of the network; null if unknown.',
    }),
    plannedSteps: t.exposeInt('plannedSteps', {
      nullable: true,
      description: 'Optimiser steps planned; null if open.',
    }),
    gitRevision: t.exposeString('gitRevision', {
      nullable: true,
      description: 'Revision of the training code; null if unknown.',
    }),
    engine: t.exposeString('engine', {
      nullable: true,
      description: 'What it was trained with, such as "onnx-cpu"; null if unknown.',
      deprecationReason: engineDeprecation,
    }),
    computedBy: t.field({
      type: Engine,
      nullable: true,
      description: 'What it was trained with; null if unknown.',
      resolve: ({ engine }) => (engine === null ? null : { name: engine }),
    }),
    tags: t.field({ type: ['String'], description: 'Labels, sorted, each once.', resolve: ({ tags }) => [...tags] }),
    notes: t.exposeString('notes', { nullable: true, description: 'Free text about the run; null if there is none.' }),
    config: t.field({
      type: [Setting],
      ...failsAlone,
      description: 'Free-form settings, one entry for each of their values, by path.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ config }) => settingsOf(config),
    }),
    archived: t.exposeBoolean('archived', { description: 'Whether it is archived.' }),
    editedAt: t.expose('editedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When name, tags or notes were last changed; null while they are as the run was created.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first stored.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When anything of it was last stored here: the run, a step, a spectrum, an overlap.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it left RUNNING; null while it has not.',
    }),
    step: t.field({
      type: Step,
      nullable: true,
      description: 'The step with this number; null if nothing is stored there.',
      args: {
        number: t.arg.int({ required: true, description: 'Optimiser steps taken so far; 0 is the initial point.' }),
      },
      resolve: ({ id }, { number }, { loaders }) => loaders.stepAt.load({ runId: id, number }),
    }),
    steps: t.field({
      type: StepConnection,
      description: 'The steps in ascending order, by pages. For curves, use `history`.',
      args: {
        first: t.arg.int({ description: 'Length of the page, 1 to 100; 50 unless given.' }),
        after: t.arg.string({ description: 'Cursor of the last step of the page before.' }),
      },
      complexity: pageCost,
      resolve: ({ id }, { first, after }, { database }) =>
        reading(() => steps.list(database, id, { first: pageLength(first), after })),
    }),
    history: t.field({
      type: History,
      description: 'The training curves as parallel arrays.',
      args: {
        maxPoints: t.arg.int({
          defaultValue: 1000,
          description:
            'Most points to return, 2 to 10000. A longer history is thinned to the ends and to the extremes of the curves asked ' +
            'for in buckets of consecutive steps; `downsampled` says so.',
        }),
      },
      complexity: ({ maxPoints }) => ({ field: 5 + Math.ceil((maxPoints ?? 1000) / 100), multiplier: 1 }),
      resolve: (run, { maxPoints }, { loaders }, info) => historyOf(loaders, run, maxPoints, info),
    }),
    spectra: t.field({
      type: [Spectrum],
      ...itemsFailAlone,
      description:
        'Its spectra, by step, operator, block and preconditioner; all of them unless restricted. Where one was measured several times ' +
        '(with another seed, data split, engine, …), the newest measurement.',
      args: {
        steps: t.arg.intList({ description: 'Only those at these step numbers.' }),
        operator: t.arg({ type: CurvatureOperator, description: 'Only those of this matrix.' }),
        block: t.arg.string({ description: 'Only those of this block: "all", or the name of a group of parameters.' }),
        preconditioner: t.arg({ type: Preconditioner, description: 'Only those preconditioned by this.' }),
        measurements: t.arg({
          type: Measurements,
          defaultValue: 'NEWEST',
          description: 'The newest measurement of each, or every one.',
        }),
      },
      complexity: ({ steps: numbers }) => ({ field: 1, multiplier: numbers?.length ?? assumedListLength }),
      resolve: async ({ id }, { steps: numbers, measurements, ...series }, { loaders }) => {
        const wanted = numbers && new Set(numbers);
        return (await spectraBy(measurements ?? 'NEWEST', loaders).load(id)).filter(
          (spectrum) => (!wanted || wanted.has(spectrum.stepNumber)) && isOfSeries(spectrum, series),
        );
      },
    }),
    deletedSpectra: t.field({
      type: [SpectrumDeletion],
      description: 'Its spectra that were deleted, the newest deletion first.',
      resolve: async ({ id }, _arguments, { loaders }) => [...(await loaders.deletionsOfRun.load(id))],
    }),
    spectrumCount: t.int({
      description: 'How many spectra it has, of all operators and blocks.',
      resolve: ({ id }, _arguments, { loaders }) => loaders.spectrumCountOfRun.load(id),
    }),
    measuredOperators: t.field({
      type: [MeasuredOperator],
      description:
        'Every operator, block and preconditioner that it has spectra of, each once. The first is the whole Hessian where it was ' +
        'measured, else what stands for it: whole matrices come before blocks.',
      complexity: { field: 1, multiplier: 1 },
      resolve: async ({ id }, _arguments, { loaders }) => seriesAmong(await loaders.seriesOfRun.load(id)),
    }),
    spectrum: t.field({
      type: Spectrum,
      nullable: true,
      description:
        'The spectrum of one operator, block and preconditioner at one step; null if it was not measured there.',
      args: {
        step: t.arg.int({ required: true, description: 'Step number.' }),
        ...seriesArguments(t.arg),
      },
      resolve: async ({ id }, { step, ...series }, { loaders }) =>
        (await loaders.shownSpectraOfStep.load({ runId: id, number: step })).find((spectrum) =>
          isOfSeries(spectrum, seriesOf(series)),
        ) ?? null,
    }),
    latestSpectrum: t.field({
      type: Spectrum,
      nullable: true,
      description:
        'The spectrum of one operator, block and preconditioner at the last step where it was measured; null if it never was.',
      args: seriesArguments(t.arg),
      resolve: ({ id }, series, { loaders }) => loaders.latestSpectrum.load({ runId: id, series: seriesOf(series) }),
    }),
    trajectory: t.field({
      type: SpectrumTrajectory,
      ...failsAlone,
      description: 'Statistics of the spectra of one operator, block and preconditioner over the measured steps.',
      args: seriesArguments(t.arg),
      complexity: { field: trajectoryCost, multiplier: 1 },
      resolve: (run, series) => ({ run, series: seriesOf(series) }),
    }),
  }),
});

export const RunConnection = connectionOf('Run', Run, 'runs');

builder.queryField('run', (t) =>
  t.field({
    type: Run,
    nullable: true,
    description: 'The run with this id; null if there is none.',
    args: { id: t.arg.id({ required: true, description: 'UUID of the run.' }) },
    resolve: (_root, { id }, { loaders }) => loaders.run.load(requireUuid('id', id)),
  }),
);
