/** logSteps: stores what was logged at some steps of a run. */
import { steps, type Step as StepRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { Step } from '../types/refs.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload, requireAtMost } from '../input/userError.ts';

/** Rows of 8 columns that one statement takes well within PostgreSQL's 65,535 parameters. */
const maxStepsPerCall = 5000;

const StepInput = builder.inputType('StepInput', {
  description: 'What was logged at one step. Leave out, or send null for, what was not measured.',
  fields: (t) => ({
    id: t.id({ description: 'UUID of the step made by the client; one is made unless given.' }),
    number: t.int({ required: true, description: 'Optimiser steps taken so far; 0 is the initial point.' }),
    epoch: t.float({ description: 'Passes over the training data so far.' }),
    trainLoss: t.float({ description: 'Training loss, in nats for cross-entropy.' }),
    trainAccuracy: t.float({ description: 'Training accuracy, 0 to 1.' }),
    testLoss: t.float({ description: 'Test loss, in nats for cross-entropy.' }),
    testAccuracy: t.float({ description: 'Test accuracy, 0 to 1.' }),
    learningRate: t.float({ description: 'Learning rate of the step.' }),
    gradientNorm: t.float({ description: 'Euclidean norm of the gradient.' }),
  }),
});

const LogStepsInput = builder.inputType('LogStepsInput', {
  description: 'Steps of one run, in any order.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'UUID of the run.' }),
    steps: t.field({ type: [StepInput], required: true, description: 'The steps, at most 5000.' }),
  }),
});

interface Written {
  readonly steps: readonly StepRow[] | null;
}

const LogStepsPayload = payloadType<Written>('logSteps', (t) => ({
  steps: t.field({
    type: [Step],
    nullable: true,
    description: 'The steps as stored, in the order sent; null if there are `userErrors`.',
    resolve: (result) => (result.steps ? [...result.steps] : null),
  }),
}));

builder.mutationField('logSteps', (t) =>
  t.field({
    type: LogStepsPayload,
    description:
      'Stores what was logged at some steps: all of them, or none if there are `userErrors`. The same values again change ' +
      'nothing, and values missing so far are added; a different value for what is stored is a CONFLICT.',
    args: { input: t.arg({ type: LogStepsInput, required: true, description: 'The run and its steps.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(
        async () => {
          requireAtMost(maxStepsPerCall, input.steps, ['steps']);
          return { steps: await steps.log(database, input) };
        },
        { steps: null },
      ),
  }),
);
