/** Projects and experiments: the two levels that runs are grouped in. */
import { projects } from '@ritz/database';
import { builder } from '../builder.ts';
import { Node } from '../types/node.ts';
import { Experiment, Project } from '../types/refs.ts';

Project.implement({
  description: 'The outer group of runs: usually one question, one team or one paper.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique among projects.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    runCount: t.int({
      description: 'How many runs it holds, archived ones too.',
      resolve: async ({ id }, _arguments, { loaders }) => (await loaders.projectCounts.load(id)).runs,
    }),
    archivedRunCount: t.int({
      description: 'How many of its runs were put out of sight.',
      resolve: async ({ id }, _arguments, { loaders }) => (await loaders.projectCounts.load(id)).archived,
    }),
    spectrumCount: t.int({
      description: 'How many spectra its runs have.',
      resolve: async ({ id }, _arguments, { loaders }) => (await loaders.projectCounts.load(id)).spectra,
    }),
  }),
});

Experiment.implement({
  description: 'The inner group of runs: those that belong to one comparison.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique inside its project.' }),
    project: t.field({
      type: Project,
      description: 'The project it belongs to.',
      resolve: ({ projectId }, _arguments, { loaders }) => loaders.project.load(projectId),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When its first run was created.' }),
  }),
});

builder.queryField('projects', (t) =>
  t.field({
    type: [Project],
    description: 'All projects, by name.',
    resolve: (_root, _arguments, { database }) => projects.list(database),
  }),
);
