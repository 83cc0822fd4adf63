/** createProject: a project before there is a run in it. */
import { projects, type Project as ProjectRow } from '@ritz/database';
import { builder } from '../builder.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload } from '../input/userError.ts';
import { Project } from '../types/refs.ts';

const CreateProjectInput = builder.inputType('CreateProjectInput', {
  description: 'The project to create.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Unique among projects; at most 500 characters.' }),
  }),
});

interface Written {
  readonly project: ProjectRow | null;
  readonly created: boolean;
}

const CreateProjectPayload = payloadType<Written>('createProject', (t) => ({
  project: t.expose('project', {
    type: Project,
    nullable: true,
    description: 'The project of this name; null if there are `userErrors`.',
  }),
  created: t.exposeBoolean('created', { description: 'False when there was one already, or it was refused.' }),
}));

builder.mutationField('createProject', (t) =>
  t.field({
    type: CreateProjectPayload,
    description:
      'Creates a project. Sending the same name again changes nothing. Creating a run also creates its project; use this for ' +
      'tokens that are created before any run. Needs scope WRITE.',
    args: { input: t.arg({ type: CreateProjectInput, required: true, description: 'The project.' }) },
    resolve: (_root, { input }, { database }) =>
      payload(() => projects.create(database, input), { project: null, created: false }),
  }),
);
