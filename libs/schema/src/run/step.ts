/** One optimiser step of a run, and what was logged there. */
import { stepMeasures } from '@ritz/records';
import { connectionOf } from '../types/connection.ts';
import { Node } from '../types/node.ts';
import { Run, Spectrum, Step } from '../types/refs.ts';
import { stepMeasureDescriptions } from '../types/stepMeasures.ts';
import { limitAt, limitDescription, stabilityOf } from './stabilityOfRun.ts';
import { itemsFailAlone } from '../types/semanticNonNull.ts';

Step.implement({
  description: 'One optimiser step of a run and what was logged there; null = not measured at this step.',
  interfaces: [Node],
  fields: (t) => ({
    run: t.field({
      type: Run,
      description: 'The run it belongs to.',
      resolve: ({ runId }, _arguments, { loaders }) => loaders.ownerRun.load(runId),
    }),
    number: t.exposeInt('number', { description: 'Optimiser steps taken so far; 0 is the initial point.' }),
    ...Object.fromEntries(
      stepMeasures.map((name) => [
        name,
        t.exposeFloat(name, { nullable: true, description: stepMeasureDescriptions[name] }),
      ]),
    ),
    stabilityLimit: t.float({
      nullable: true,
      description: `${limitDescription} At the learning rate of this step.`,
      resolve: async (step, _arguments, { loaders }) => {
        const { limit } = stabilityOf(await loaders.ownerRun.load(step.runId));
        return limit ? limitAt(limit, step) : null;
      },
    }),
    spectra: t.field({
      type: [Spectrum],
      ...itemsFailAlone,
      description: 'The spectra measured at this step, the newest per operator, block and preconditioner.',
      complexity: { field: 1, multiplier: 1 },
      resolve: async ({ runId, number }, _arguments, { loaders }) => [
        ...(await loaders.shownSpectraOfStep.load({ runId, number })),
      ],
    }),
  }),
});

export const StepConnection = connectionOf('Step', Step, 'steps');
