/** finishRun: says how a run ended. */
import { runs, type Run as RunRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { RunStatus } from '../types/enums.ts';
import { Run } from '../types/refs.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload } from '../input/userError.ts';

const FinishRunInput = builder.inputType('FinishRunInput', {
  description: 'How a run ended.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'UUID of the run.' }),
    status: t.field({
      type: RunStatus,
      defaultValue: 'finished',
      description: 'FINISHED, FAILED or INTERRUPTED. An interrupted run may finish or fail later.',
    }),
  }),
});

interface Written {
  readonly run: RunRow | null;
}

const FinishRunPayload = payloadType<Written>('finishRun', (t) => ({
  run: t.expose('run', {
    type: Run,
    nullable: true,
    description: 'The run as stored; null if there are `userErrors`.',
  }),
}));

builder.mutationField('finishRun', (t) =>
  t.field({
    type: FinishRunPayload,
    description: 'Ends a run. The same status again changes nothing; another one after the end is a CONFLICT.',
    args: { input: t.arg({ type: FinishRunInput, required: true, description: 'Which run, and how it ended.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(async () => ({ run: (await runs.finish(database, input.id, input.status ?? 'finished')).run }), {
        run: null,
      }),
  }),
);
