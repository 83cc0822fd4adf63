/** Saved views: addresses of the dashboard under a name, shared by everybody who sees the project. */
import { views, type SavedView as SavedViewRow } from '@ritz/database';
import { reading } from '../input/badInput.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload } from '../input/userError.ts';
import { builder } from '../builder.ts';
import { Project } from '../types/refs.ts';

const about = {
  name: 'What people call it; unique within the project.',
  address: 'Path and query in the dashboard, such as "/runs?where=lambda1+%3E+50".',
};

const SavedView = builder.objectRef<SavedViewRow>('SavedView').implement({
  description: 'An address of the dashboard under a name.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID, to delete it by.' }),
    name: t.exposeString('name', { description: about.name }),
    address: t.exposeString('address', { description: about.address }),
    project: t.field({
      type: Project,
      nullable: true,
      description: 'The project whose people see it; null = those who see every project.',
      resolve: ({ projectId }, _arguments, { loaders }) =>
        projectId === null ? null : loaders.project.load(projectId),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first saved.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When its address was last saved.' }),
  }),
});

builder.queryField('savedViews', (t) =>
  t.field({
    type: [SavedView],
    description: 'The saved views of the projects that the caller sees, by name, at most 1000.',
    resolve: (_root, _arguments, { database }) => reading(() => views.list(database)),
  }),
);

const SaveViewInput = builder.inputType('SaveViewInput', {
  description: 'The view to save.',
  fields: (t) => ({
    name: t.string({ required: true, description: about.name }),
    address: t.string({ required: true, description: about.address }),
  }),
});

interface WrittenView {
  readonly view: SavedViewRow | null;
}

const SaveViewPayload = payloadType<WrittenView>('saveView', (t) => ({
  view: t.expose('view', {
    type: SavedView,
    nullable: true,
    description: 'The view as it is now; null if there are `userErrors`.',
  }),
}));

builder.mutationField('saveView', (t) =>
  t.field({
    type: SaveViewPayload,
    description:
      'Saves an address of the dashboard under a name, for the project of the token or for those who see every project. The same ' +
      'name again replaces the address. Needs scope WRITE.',
    args: { input: t.arg({ type: SaveViewInput, required: true, description: 'The view.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(async () => ({ view: await views.save(database, input) }), { view: null }),
  }),
);

const DeleteViewInput = builder.inputType('DeleteViewInput', {
  description: 'The view to delete.',
  fields: (t) => ({ id: t.id({ required: true, description: 'UUID of the view.' }) }),
});

interface DeletedView {
  readonly deleted: boolean;
}

const DeleteViewPayload = payloadType<DeletedView>('deleteView', (t) => ({
  deleted: t.exposeBoolean('deleted', { description: 'False when there was no such view, or it was refused.' }),
}));

builder.mutationField('deleteView', (t) =>
  t.field({
    type: DeleteViewPayload,
    description: 'Deletes a saved view; what it shows stays. A second time changes nothing. Needs scope WRITE.',
    args: { input: t.arg({ type: DeleteViewInput, required: true, description: 'The view.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(async () => ({ deleted: await views.remove(database, input.id) }), { deleted: false }),
  }),
);
