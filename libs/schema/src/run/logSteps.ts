/** logSteps: stores what was logged at some steps of a run. */
import { steps, type Step as StepRow } from '@ritz/database';
import { stepMeasures, type StepMeasure } from '@ritz/records';
import { builder } from '../builder.ts';
import { Step } from '../types/refs.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload, requireAtMost } from '../input/userError.ts';
import { stepMeasureDescriptions } from '../types/stepMeasures.ts';

/** What one transaction takes quickly. */
const maxStepsPerCall = 5000;

/** One optional input for each measure. */
function measureInputs<Input>(input: (description: string) => Input): Record<StepMeasure, Input> {
  return Object.fromEntries(stepMeasures.map((name) => [name, input(stepMeasureDescriptions[name])])) as Record<
    StepMeasure,
    Input
  >;
}

const StepInput = builder.inputType('StepInput', {
  description: 'What was logged at one step. Leave out, or send null for, what was not measured.',
  fields: (t) => ({
    id: t.id({ description: 'UUID of the step made by the client; one is made unless given.' }),
    number: t.int({ required: true, description: 'Optimiser steps taken so far; 0 is the initial point.' }),
    ...measureInputs((description) => t.float({ description })),
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
