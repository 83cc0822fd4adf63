/** rewindRun: a training goes on from an earlier step. */
import { runs, type Run as RunRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload } from '../input/userError.ts';
import { Run } from '../types/refs.ts';

const RewindRunInput = builder.inputType('RewindRunInput', {
  description: 'Which run goes on from which step.',
  fields: (t) => ({
    id: t.id({
      required: true,
      description: 'UUID made by the client, of what is superseded. Sending the same rewind again changes nothing.',
    }),
    runId: t.id({ required: true, description: 'UUID of the run.' }),
    step: t.int({ required: true, description: 'The last step that stays, at least 0.' }),
  }),
});

interface Written {
  readonly run: RunRow | null;
  readonly superseded: RunRow | null;
  readonly changed: boolean;
}

const RewindRunPayload = payloadType<Written>('rewindRun', (t) => ({
  run: t.expose('run', {
    type: Run,
    nullable: true,
    description: 'The run, which ends at the step and is running; null if there are `userErrors`.',
  }),
  superseded: t.expose('superseded', {
    type: Run,
    nullable: true,
    description: 'What it had beyond the step, as a run under the id of the rewind; null if there are `userErrors`.',
  }),
  changed: t.exposeBoolean('changed', {
    description: 'False when the same rewind was made already, or it was refused.',
  }),
}));

builder.mutationField('rewindRun', (t) =>
  t.field({
    type: RewindRunPayload,
    description:
      'Rewinds a run whose training goes on from an earlier checkpoint. Its steps and spectra beyond the step are superseded: ' +
      'kept as a run that lists leave out, so that two trainings are never taken for one. Jobs of the queue beyond the step are ' +
      'cancelled. To keep both trainings in sight, create a run with `parentId` and `parentStep` instead.',
    args: { input: t.arg({ type: RewindRunInput, required: true, description: 'Which run, and to which step.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(() => runs.rewind(database, input), { run: null, superseded: null, changed: false }),
  }),
);
