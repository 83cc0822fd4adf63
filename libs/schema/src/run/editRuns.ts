/** updateRun, tagRun, deleteRun: what can be changed of a run that exists. */
import { runs, type Run as RunRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload, requireAtMost } from '../input/userError.ts';
import { Run } from '../types/refs.ts';

const maxTags = 100;

interface EditedRun {
  readonly run: RunRow | null;
}

/** A payload that holds the run as it is now. */
function runPayload(mutation: string) {
  return payloadType<EditedRun>(mutation, (t) => ({
    run: t.expose('run', {
      type: Run,
      nullable: true,
      description: 'The run as it is now; null if there are `userErrors`.',
    }),
  }));
}

const UpdateRunInput = builder.inputType('UpdateRunInput', {
  description: 'Changes of a run; what is left out stays as it is. Its settings cannot be changed.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'UUID of the run.' }),
    name: t.string({ description: 'What people call it; null changes nothing.' }),
    notes: t.string({ description: 'Free text about the run; null removes it.' }),
    tags: t.stringList({
      description: 'All of its labels, at most 100, in place of those it has; null changes nothing.',
    }),
    archived: t.boolean({ description: 'Archive (true) or restore (false); null changes nothing.' }),
  }),
});

const UpdateRunPayload = runPayload('updateRun');

builder.mutationField('updateRun', (t) =>
  t.field({
    type: UpdateRunPayload,
    description: 'Changes the name, notes or labels of a run, or archives it. Needs scope WRITE.',
    args: { input: t.arg({ type: UpdateRunInput, required: true, description: 'The run and its changes.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(
        async () => {
          requireAtMost(maxTags, input.tags, ['tags']);
          const { id, name, notes, tags, archived } = input;
          const run = await runs.edit(database, id, {
            name: name ?? undefined,
            notes,
            tags: tags ?? undefined,
            archived: archived ?? undefined,
          });
          return { run };
        },
        { run: null },
      ),
  }),
);

const TagRunInput = builder.inputType('TagRunInput', {
  description: 'Labels to add to a run and to remove from it.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'UUID of the run.' }),
    add: t.stringList({ description: 'Labels to add, at most 100.' }),
    remove: t.stringList({ description: 'Labels to remove, at most 100.' }),
  }),
});

const TagRunPayload = runPayload('tagRun');

builder.mutationField('tagRun', (t) =>
  t.field({
    type: TagRunPayload,
    description: 'Adds and removes labels of a run, without undoing concurrent changes. Needs scope WRITE.',
    args: { input: t.arg({ type: TagRunInput, required: true, description: 'The run and the labels.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(
        async () => {
          requireAtMost(maxTags, input.add, ['add']);
          requireAtMost(maxTags, input.remove, ['remove']);
          return { run: await runs.tag(database, input.id, { add: input.add ?? [], remove: input.remove ?? [] }) };
        },
        { run: null },
      ),
  }),
);

const DeleteRunInput = builder.inputType('DeleteRunInput', {
  description: 'The run to delete.',
  fields: (t) => ({ id: t.id({ required: true, description: 'UUID of the run.' }) }),
});

interface Deletion {
  readonly deleted: boolean;
}

const DeleteRunPayload = payloadType<Deletion>('deleteRun', (t) => ({
  deleted: t.exposeBoolean('deleted', { description: 'False if there was no such run.' }),
}));

builder.mutationField('deleteRun', (t) =>
  t.field({
    type: DeleteRunPayload,
    description:
      'Permanently deletes a run with its steps, spectra and probes. To hide it, archive it with updateRun. Needs scope ADMIN.',
    args: { input: t.arg({ type: DeleteRunInput, required: true, description: 'The run.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(async () => ({ deleted: await runs.remove(database, input.id) }), { deleted: false }),
  }),
);
