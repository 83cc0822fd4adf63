/** createRun: stores a run under the id its client made. */
import { runs, type Run as RunRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { BatchNormMode, Normalisation } from '../types/enums.ts';
import { Run } from '../types/refs.ts';
import { ScheduleInput } from './schedule.ts';
import { configOf, SettingInput } from './setting.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload, requireAtMost } from '../input/userError.ts';

const maxTags = 100;
const maxSettings = 1000;
const maxScheduleSteps = 10_000;

const CreateRunInput = builder.inputType('CreateRunInput', {
  description: 'A run to store. What differs between two runs belongs here, so that it can be compared later.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'UUID made by the client. Sending the same run again changes nothing.' }),
    name: t.string({ required: true, description: 'What people call it; need not be unique.' }),
    project: t.string({ defaultValue: 'default', description: 'Name of its project, which is created if it is new.' }),
    experiment: t.string({
      defaultValue: 'default',
      description: 'Name of its experiment inside the project, which is created if it is new.',
    }),
    architecture: t.string({ required: true, description: 'The network, such as "mlp-784-20-10" or "resnet-32".' }),
    dataset: t.string({ required: true, description: 'The training data, such as "mnist".' }),
    batchNorm: t.field({
      type: BatchNormMode,
      defaultValue: 'none',
      description: 'Statistics that batch normalisation trains with.',
    }),
    normalisation: t.field({ type: Normalisation, description: 'What the layers of the network normalise by.' }),
    residual: t.boolean({ defaultValue: false, description: 'Whether the network has residual connections.' }),
    optimiser: t.string({ required: true, description: 'The optimiser with its settings: "sgd(momentum=0.9)".' }),
    schedule: t.field({ type: ScheduleInput, required: true, description: 'Learning rate over the steps.' }),
    seed: t.field({
      type: 'SafeInt',
      required: true,
      description: 'Seed of the initial parameters and the data order.',
    }),
    classes: t.int({ description: 'Classes of a classification task, at least 1; K in lambdaMax / lambdaK.' }),
    parameterCount: t.field({ type: 'SafeInt', description: 'Trainable parameters of the network, at least 1.' }),
    plannedSteps: t.int({ description: 'Optimiser steps planned, at least 0.' }),
    gitRevision: t.string({ description: 'Revision of the training code.' }),
    engine: t.string({ description: 'What it is trained with, such as "onnx-cpu".' }),
    config: t.field({
      type: [SettingInput],
      description: 'Free-form settings by path, such as those that the fields above have no place for; at most 1000.',
    }),
    tags: t.stringList({ description: 'Labels, at most 100.' }),
    notes: t.string({ description: 'Free text about the run.' }),
    parentId: t.id({ description: 'Of a fork: UUID of the run that it branches from; requires `parentStep`.' }),
    parentStep: t.int({ description: 'Of a fork: the last step that it shares with its parent, at least 0.' }),
  }),
});

interface Written {
  readonly run: RunRow | null;
  readonly created: boolean;
}

const CreateRunPayload = payloadType<Written>('createRun', (t) => ({
  run: t.expose('run', {
    type: Run,
    nullable: true,
    description: 'The run as stored; null if there are `userErrors`.',
  }),
  created: t.exposeBoolean('created', { description: 'False when the same run was stored already, or was refused.' }),
}));

builder.mutationField('createRun', (t) =>
  t.field({
    type: CreateRunPayload,
    description:
      'Stores a run. The same input again changes nothing and answers `created: false`; other values under the same id are ' +
      'a CONFLICT.',
    args: { input: t.arg({ type: CreateRunInput, required: true, description: 'The run.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(
        async () => {
          requireAtMost(maxTags, input.tags, ['tags']);
          requireAtMost(maxScheduleSteps, input.schedule.steps, ['schedule', 'steps']);
          requireAtMost(maxSettings, input.config, ['config']);
          return await runs.create(database, { ...input, config: configOf(input.config ?? []) });
        },
        { run: null, created: false },
      ),
  }),
);
