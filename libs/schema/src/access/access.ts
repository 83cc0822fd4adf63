/** access: what the caller may do. */
import type { Access as AccessShape } from '@ritz/database';
import { builder } from '../builder.ts';
import { TokenScope } from '../types/enums.ts';
import { Project } from '../types/refs.ts';

const Access = builder.objectRef<AccessShape>('Access').implement({
  description: 'What the caller may see and do.',
  fields: (t) => ({
    scope: t.expose('scope', { type: TokenScope, description: 'What the caller may do.' }),
    project: t.field({
      type: Project,
      nullable: true,
      description: 'The one project that the caller sees; null = every project.',
      resolve: ({ project }, _arguments, { loaders }) => (project ? loaders.project.load(project.id) : null),
    }),
  }),
});

builder.queryField('access', (t) =>
  t.field({
    type: Access,
    description: 'What the caller may see and do: what its token says, or everything on a machine without tokens.',
    resolve: (_root, _arguments, { database }) => database.access,
  }),
);
