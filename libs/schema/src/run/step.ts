/** One optimiser step of a run, and what was logged there. */
import { connectionOf } from '../types/connection.ts';
import { Node } from '../types/node.ts';
import { Run, Spectrum, Step } from '../types/refs.ts';

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
    epoch: t.exposeFloat('epoch', { nullable: true, description: 'Passes over the training data so far.' }),
    trainLoss: t.exposeFloat('trainLoss', { nullable: true, description: 'Training loss, in nats for cross-entropy.' }),
    trainAccuracy: t.exposeFloat('trainAccuracy', { nullable: true, description: 'Training accuracy, 0 to 1.' }),
    testLoss: t.exposeFloat('testLoss', { nullable: true, description: 'Test loss, in nats for cross-entropy.' }),
    testAccuracy: t.exposeFloat('testAccuracy', { nullable: true, description: 'Test accuracy, 0 to 1.' }),
    learningRate: t.exposeFloat('learningRate', { nullable: true, description: 'Learning rate of the step.' }),
    gradientNorm: t.exposeFloat('gradientNorm', { nullable: true, description: 'Euclidean norm of the gradient.' }),
    spectra: t.field({
      type: [Spectrum],
      description: 'The spectra measured at this step, the newest per operator, block and preconditioner.',
      complexity: { field: 1, multiplier: 1 },
      resolve: async ({ runId, number }, _arguments, { loaders }) => [
        ...(await loaders.shownSpectraOfStep.load({ runId, number })),
      ],
    }),
  }),
});

export const StepConnection = connectionOf('Step', Step, 'steps');
