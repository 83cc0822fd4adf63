/** Projects and experiments: the two levels that runs are grouped in. */
import { experiments, projects } from '@ritz/database';
import { reading } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import { Node } from '../types/node.ts';
import { pageCost } from '../types/connection.ts';
import { Experiment, Project } from '../types/refs.ts';
import { RunConnection } from './run.ts';
import { listRuns, runListArguments } from './runsQuery.ts';
import { itemsFailAlone } from '../types/semanticNonNull.ts';

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
      description: 'Number of archived runs.',
      resolve: async ({ id }, _arguments, { loaders }) => (await loaders.projectCounts.load(id)).archived,
    }),
    experiments: t.field({
      type: [Experiment],
      ...itemsFailAlone,
      description: 'Its experiments, by name.',
      resolve: async ({ id }, _arguments, { loaders }) => [...(await loaders.experimentsOfProject.load(id))],
    }),
    runs: t.field({
      type: RunConnection,
      description: 'Its runs by pages, as `Query.runs` lists them; a project in the filter is overruled.',
      args: runListArguments,
      complexity: pageCost,
      resolve: ({ name: project }, list, context) => listRuns(context, list, { project }),
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
    runs: t.field({
      type: RunConnection,
      description: 'Its runs by pages, as `Query.runs` lists them; project and experiment in the filter are overruled.',
      args: runListArguments,
      complexity: pageCost,
      resolve: async ({ projectId, name: experiment }, list, context) =>
        listRuns(context, list, { project: (await context.loaders.project.load(projectId)).name, experiment }),
    }),
  }),
});

builder.queryField('projects', (t) =>
  t.field({
    type: [Project],
    ...itemsFailAlone,
    description: 'All projects, by name.',
    resolve: (_root, _arguments, { database }) => projects.list(database),
  }),
);

builder.queryField('experiments', (t) =>
  t.field({
    type: [Experiment],
    ...itemsFailAlone,
    description: 'Experiments by project and name, at most 1000.',
    args: { project: t.arg.string({ description: 'Name of a project; all of them unless given.' }) },
    resolve: (_root, { project }, { database }) => reading(() => experiments.list(database, project)),
  }),
);
